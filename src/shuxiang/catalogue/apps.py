from django.apps import AppConfig


class CatalogueRoom(AppConfig):
    name = "shuxiang.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
