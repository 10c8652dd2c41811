"""The addresses of reading pairs, in the office."""

from django.urls import path

from shuxiang.web.office.pairs import views

urlpatterns = [
    path("pairs/", views.see_pairs, name="programmes.see_pairs"),
    path("pairs/classes/<int:pk>/", views.see_class_pairs, name="programmes.see_class_pairs"),
    path("pairs/classes/<int:pk>/confirm/", views.confirm_pair, name="programmes.confirm_pair"),
    path("pairs/<int:pk>/change/", views.change_pair, name="programmes.change_pair"),
    path("pairs/<int:pk>/end/", views.end_pair, name="programmes.end_pair"),
]
