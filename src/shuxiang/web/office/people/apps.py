from django.apps import AppConfig


class PeopleOffice(AppConfig):
    name = "shuxiang.web.office.people"
    label = "office_people"
