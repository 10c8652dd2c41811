from django.apps import AppConfig


class BackupRoom(AppConfig):
    name = "shuxiang.platform.backup"
    label = "backup"
    default_auto_field = "django.db.models.BigAutoField"
