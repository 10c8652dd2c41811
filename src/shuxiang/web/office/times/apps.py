from django.apps import AppConfig


class TimesCounter(AppConfig):
    name = "shuxiang.web.office.times"
    label = "office_times"
