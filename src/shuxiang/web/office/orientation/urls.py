"""The addresses of the rules for readers and of orientation, in the office."""

from django.urls import path

from shuxiang.web.office.orientation.views import house, sessions

urlpatterns = [
    path("orientation/", sessions.see_orientation, name="programmes.see_orientation"),
    path("orientation/sheet/", sessions.sheet, name="orientation.sheet"),
    path("orientation/groups/", sessions.hold_for_group, name="programmes.hold_for_group"),
    path("orientation/classes/<int:pk>/", sessions.hold_session, name="programmes.hold_session"),
    path("orientation/<int:pk>/", sessions.catch_up, name="programmes.catch_up"),
    path("orientation/<int:pk>/remove/", sessions.remove_session, name="programmes.remove_session"),
    path("orientation/rules/", house.change_words, name="house.words"),
    path("orientation/rules/poster.pdf", house.poster_pdf, name="paper.rules_poster"),
]
