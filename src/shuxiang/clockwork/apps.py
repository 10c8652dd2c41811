from django.apps import AppConfig


class Clockwork(AppConfig):
    name = "shuxiang.clockwork"
    label = "clockwork"
    default_auto_field = "django.db.models.BigAutoField"
