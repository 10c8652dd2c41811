from django.apps import AppConfig


class OpeningOffice(AppConfig):
    name = "shuxiang.web.office.opening"
    label = "office_opening"
