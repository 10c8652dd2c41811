from django.apps import AppConfig


class CatalogueCounter(AppConfig):
    name = "shuxiang.web.opac"
    label = "opac"
