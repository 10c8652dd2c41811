from django.apps import AppConfig


class StudentLibrariansRoom(AppConfig):
    name = "shuxiang.student_librarians"
    label = "student_librarians"
    default_auto_field = "django.db.models.BigAutoField"
