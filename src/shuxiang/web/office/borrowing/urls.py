"""The addresses of who borrows, in the office."""

from django.urls import path

from shuxiang.web.office.borrowing import views

urlpatterns = [
    path("borrowing/", views.see_borrowing, name="circulation.see_borrowing"),
    path(
        "borrowing/classes/<int:pk>/",
        views.see_class_borrowing,
        name="circulation.see_class_borrowing",
    ),
    path(
        "borrowing/classes/<int:pk>/tell/",
        views.tell_not_borrowed,
        name="circulation.tell_not_borrowed",
    ),
]
