from django.apps import AppConfig


class HelpersCounter(AppConfig):
    name = "shuxiang.web.office.helpers"
    label = "office_helpers"
