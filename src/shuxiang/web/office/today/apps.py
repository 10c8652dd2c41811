from django.apps import AppConfig


class TodayCounter(AppConfig):
    name = "shuxiang.web.office.today"
    label = "office_today"
