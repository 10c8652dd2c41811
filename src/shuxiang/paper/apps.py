from django.apps import AppConfig


class PaperRoom(AppConfig):
    name = "shuxiang.paper"
    label = "paper"
