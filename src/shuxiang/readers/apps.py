from django.apps import AppConfig


class ReadersRoom(AppConfig):
    name = "shuxiang.readers"
    label = "readers"
    default_auto_field = "django.db.models.BigAutoField"
