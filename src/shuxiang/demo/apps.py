from django.apps import AppConfig


class DemoRoom(AppConfig):
    name = "shuxiang.demo"
    label = "demo"
