from django.apps import AppConfig


class CirculationRoom(AppConfig):
    name = "shuxiang.circulation"
    label = "circulation"
    default_auto_field = "django.db.models.BigAutoField"
