from django.apps import AppConfig


class FrontCounter(AppConfig):
    name = "shuxiang.web.front"
    label = "front"
