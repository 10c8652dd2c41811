"""The addresses of self-service."""

from django.urls import path

from shuxiang.web.kiosk import views

urlpatterns = [
    path("", views.see, name="kiosk"),
    path("scan/", views.scan, name="kiosk.scan"),
]
