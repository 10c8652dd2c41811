"""The addresses of the public catalogue; they stay, so that they can be noted down and passed on."""

from django.urls import path

from shuxiang.web.opac.views import exporting, finding, home, rules, titles

urlpatterns = [
    path("", home.home, name="opac"),
    path("rules/", rules.see_rules, name="programmes.see_rules"),
    path("search", finding.search, name="catalogue.search"),
    path("titles/<int:pk>/", titles.see_title, name="opac.see_title"),
    path("titles/<int:pk>/hold/", titles.place_own_hold, name="circulation.place_own_hold"),
    path("titles/<int:pk>/book.txt", exporting.as_text, name="opac.as_text"),
    path("titles/<int:pk>/book.ris", exporting.as_ris, name="opac.as_ris"),
    path("titles/<int:pk>/book.json", exporting.as_json, name="opac.as_json"),
]
