from django.apps import AppConfig


class PairsOffice(AppConfig):
    name = "shuxiang.web.office.pairs"
    label = "office_pairs"
