from django.apps import AppConfig


class StockCounter(AppConfig):
    name = "shuxiang.web.office.stock"
    label = "office_stock"
