from django.apps import AppConfig


class TimetableRoom(AppConfig):
    name = "shuxiang.timetable"
    label = "timetable"
    default_auto_field = "django.db.models.BigAutoField"
