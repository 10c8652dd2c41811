from django.apps import AppConfig


class KioskCounter(AppConfig):
    name = "shuxiang.web.kiosk"
    label = "kiosk"
