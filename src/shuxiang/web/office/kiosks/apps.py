from django.apps import AppConfig


class KiosksOffice(AppConfig):
    name = "shuxiang.web.office.kiosks"
    label = "office_kiosks"
