from django.apps import AppConfig


class SchoolsRoom(AppConfig):
    name = "shuxiang.platform.schools"
    label = "schools"
    default_auto_field = "django.db.models.BigAutoField"
