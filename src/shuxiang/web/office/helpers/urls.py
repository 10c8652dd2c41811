"""The addresses of the pupils who help."""

from django.urls import path

from shuxiang.web.office.helpers.views import exams, posts, settings, shifts, training

urlpatterns = [
    path("helpers/", posts.see_posts, name="student_librarians.see_posts"),
    path("helpers/name", posts.nominate, name="student_librarians.nominate"),
    path("helpers/<int:pk>/", posts.see_post, name="student_librarians.see_post"),
    path("helpers/<int:pk>/change", posts.change_post, name="student_librarians.change_post"),
    path("helpers/<int:pk>/appoint", posts.appoint, name="student_librarians.appoint"),
    path("helpers/<int:pk>/decline", posts.decline, name="student_librarians.decline"),
    path("helpers/<int:pk>/end", posts.end_post, name="student_librarians.end_post"),
    path("helpers/<int:pk>/sign-in", posts.open_desk, name="student_librarians.open_desk"),
    path("helpers/<int:pk>/test", exams.sit_test, name="student_librarians.sit_test"),
    path("helpers/tests/<int:pk>", exams.hand_in, name="student_librarians.hand_in"),
    path("helpers/training", training.see_training, name="student_librarians.plan_training"),
    path(
        "helpers/training/<int:pk>",
        training.take_attendance,
        name="student_librarians.take_attendance",
    ),
    path(
        "helpers/training/<int:pk>/remove",
        training.remove_training,
        name="student_librarians.remove_training",
    ),
    path("helpers/shifts", shifts.see_shifts, name="student_librarians.see_shifts"),
    path("helpers/shifts/new", shifts.add_shifts, name="student_librarians.add_shifts"),
    path("helpers/shifts/<int:pk>", shifts.change_shift, name="student_librarians.change_shift"),
    path(
        "helpers/shifts/<int:pk>/remove",
        shifts.remove_shift,
        name="student_librarians.remove_shift",
    ),
    path("helpers/settings", settings.change_settings, name="student_librarians.settings"),
]
