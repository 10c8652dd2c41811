from django.apps import AppConfig


class MineCounter(AppConfig):
    name = "shuxiang.web.mine"
    label = "mine"
