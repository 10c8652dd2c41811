from django.apps import AppConfig


class OrientationOffice(AppConfig):
    name = "shuxiang.web.office.orientation"
    label = "office_orientation"
