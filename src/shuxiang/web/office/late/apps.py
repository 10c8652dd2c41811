from django.apps import AppConfig


class LateOffice(AppConfig):
    name = "shuxiang.web.office.late"
    label = "office_late"
