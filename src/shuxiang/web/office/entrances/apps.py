from django.apps import AppConfig


class EntrancesOffice(AppConfig):
    name = "shuxiang.web.office.entrances"
    label = "office_entrances"
