"""The addresses of the reading room in the office."""

from django.urls import path

from shuxiang.web.office.entrances import views

urlpatterns = [
    path("reading-room/", views.see_entrances, name="circulation.see_entrances"),
    path("reading-room/card/", views.enter, name="circulation.enter"),
    path("reading-room/class/", views.enter_class, name="circulation.enter_class"),
    path("reading-room/count/", views.enter_count, name="circulation.enter_count"),
    path(
        "reading-room/<int:pk>/take-back/",
        views.take_entrance_back,
        name="circulation.take_entrance_back",
    ),
    path("reading-room/weeks/", views.see_weeks, name="circulation.see_weeks"),
]
