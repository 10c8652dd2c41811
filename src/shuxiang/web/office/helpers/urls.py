"""The addresses of the pupils who help."""

from django.urls import path

from shuxiang.web.office.helpers.views import (
    duties,
    evaluation,
    exams,
    meetings,
    posts,
    printing,
    rosters,
    settings,
    shifts,
    training,
)

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
    path("helpers/roster", duties.see_roster, name="student_librarians.see_roster"),
    path("helpers/roster/ask", duties.ask_for_roster, name="student_librarians.ask_for_roster"),
    path("helpers/roster/fill", duties.fill_gaps, name="student_librarians.fill_gaps"),
    path("helpers/roster/print", duties.print_roster, name="student_librarians.print_roster"),
    path("helpers/roster/<int:pk>", rosters.see_proposed, name="student_librarians.see_proposed"),
    path(
        "helpers/roster/<int:pk>/progress",
        rosters.roster_progress,
        name="student_librarians.roster_progress",
    ),
    path(
        "helpers/roster/<int:pk>/stop", rosters.stop_roster, name="student_librarians.stop_roster"
    ),
    path(
        "helpers/roster/<int:pk>/place",
        rosters.place_roster,
        name="student_librarians.place_roster",
    ),
    path(
        "helpers/roster/<int:pk>/aside",
        rosters.set_roster_aside,
        name="student_librarians.set_roster_aside",
    ),
    path(
        "helpers/roster/<int:pk>/back",
        rosters.take_roster_back,
        name="student_librarians.take_roster_back",
    ),
    path("helpers/duty/<str:on>", duties.on_duty, name="student_librarians.on_duty"),
    path("helpers/duty/<str:on>/tick", duties.tick_duties, name="student_librarians.tick_duties"),
    path("helpers/duty/<str:on>/come", duties.come_to_duty, name="student_librarians.come_to_duty"),
    path("helpers/duty/<str:on>/give", duties.give_duty, name="student_librarians.give_duty"),
    path(
        "helpers/duties/<int:pk>/away",
        duties.take_duty_away,
        name="student_librarians.take_duty_away",
    ),
    path("helpers/meetings", meetings.see_meetings, name="student_librarians.see_meetings"),
    path("helpers/meetings/new", meetings.change_meeting, name="student_librarians.add_meeting"),
    path(
        "helpers/meetings/<int:pk>",
        meetings.change_meeting,
        name="student_librarians.change_meeting",
    ),
    path(
        "helpers/meetings/<int:pk>/problem",
        meetings.raise_problem,
        name="student_librarians.raise_problem",
    ),
    path(
        "helpers/problems/<int:pk>/settle",
        meetings.settle_problem,
        name="student_librarians.settle_problem",
    ),
    path("helpers/evaluation", evaluation.evaluate, name="student_librarians.evaluate"),
    path(
        "helpers/evaluation/weights",
        evaluation.change_weights,
        name="student_librarians.change_weights",
    ),
    path("helpers/badges.pdf", printing.badges_pdf, name="paper.badges"),
    path("helpers/certificates.pdf", printing.certificates_pdf, name="paper.certificates"),
]
