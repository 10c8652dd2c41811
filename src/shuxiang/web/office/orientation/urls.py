"""The addresses of the rules for readers and of orientation, in the office."""

from django.urls import path

from shuxiang.web.office.orientation.views import house

urlpatterns = [
    path("orientation/rules/", house.change_words, name="house.words"),
    path("orientation/rules/poster.pdf", house.poster_pdf, name="paper.rules_poster"),
]
