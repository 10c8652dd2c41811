from django.apps import AppConfig


class AccountsRoom(AppConfig):
    name = "shuxiang.platform.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
