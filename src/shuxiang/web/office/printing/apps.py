from django.apps import AppConfig


class PrintingOffice(AppConfig):
    name = "shuxiang.web.office.printing"
    label = "office_printing"
