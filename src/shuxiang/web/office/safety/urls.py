"""Addresses of backups and of retention."""

from django.urls import path

from shuxiang.web.office.safety.views import backups, going_back, retention

urlpatterns = [
    path("backups/", backups.see, name="backup.see"),
    path("backups/make", backups.make, name="backup.make"),
    path("backups/folder", backups.choose_folder, name="backup.choose_folder"),
    path("backups/<str:name>/download", backups.download, name="backup.download"),
    path("backups/restoring", going_back.see_restoring, name="backup.see_restoring"),
    path("backups/<str:name>/restore", going_back.ask_to_restore, name="backup.ask_to_restore"),
    path("retention/", retention.to_forget, name="circulation.to_forget"),
    path("retention/days", retention.change_days, name="schools.change_retention"),
]
