from django.apps import AppConfig


class ComponentsRoom(AppConfig):
    name = "shuxiang.web.components"
    label = "components"
