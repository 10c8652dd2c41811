from django.apps import AppConfig


class LoadingOffice(AppConfig):
    name = "shuxiang.web.office.loading"
    label = "office_loading"
