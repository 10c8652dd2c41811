from django.apps import AppConfig


class JobsRoom(AppConfig):
    name = "shuxiang.platform.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
