"""Addresses of backups and of retention."""

from django.urls import path

from shuxiang.web.office.safety.views import backups, retention

urlpatterns = [
    path("backups/", backups.see, name="backup.see"),
    path("backups/make", backups.make, name="backup.make"),
    path("backups/folder", backups.choose_folder, name="backup.choose_folder"),
    path("backups/<str:name>/download", backups.download, name="backup.download"),
    path("retention/", retention.to_forget, name="circulation.to_forget"),
    path("retention/days", retention.change_days, name="schools.change_retention"),
]
