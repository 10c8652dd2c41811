from django.apps import AppConfig


class DeskCounter(AppConfig):
    name = "shuxiang.web.desk"
    label = "desk"
