"""Addresses of the office's door and its first page."""

from django.urls import path

from shuxiang.web.office.today import views

urlpatterns = [
    path("", views.door, name="office"),
    path("today/", views.today_in_figures, name="circulation.today_in_figures"),
]
