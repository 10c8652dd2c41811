from django.apps import AppConfig


class NumbersRoom(AppConfig):
    name = "shuxiang.platform.numbers"
    label = "numbers"
    default_auto_field = "django.db.models.BigAutoField"
