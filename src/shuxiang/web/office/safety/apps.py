from django.apps import AppConfig


class SafetyCounter(AppConfig):
    name = "shuxiang.web.office.safety"
    label = "office_safety"
