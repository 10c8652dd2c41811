from django.apps import AppConfig


class ProgrammesRoom(AppConfig):
    name = "shuxiang.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"
