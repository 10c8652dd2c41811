from django.apps import AppConfig


class ExcelDock(AppConfig):
    name = "shuxiang.interop.excel"
    label = "excel"
