from django.apps import AppConfig


class AuditRoom(AppConfig):
    name = "shuxiang.platform.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
