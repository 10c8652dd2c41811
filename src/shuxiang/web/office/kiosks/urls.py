"""The addresses of self-service in the office."""

from django.urls import path

from shuxiang.web.office.kiosks import views

urlpatterns = [
    path("kiosks/", views.see, name="circulation.see_kiosks"),
    path("kiosks/settings/", views.change_settings, name="kiosk.settings"),
    path("kiosks/enrol/", views.enrol, name="circulation.enrol_kiosk"),
    path("kiosks/<int:pk>/take-back/", views.take_back, name="circulation.take_back_kiosk"),
]
