"""The addresses of the opening of a term."""

from django.urls import path

from shuxiang.web.office.opening import bringing, views

urlpatterns = [
    path("opening/", views.see_opening, name="timetable.see_opening"),
    path("opening/<int:pk>/tick/", views.tick, name="timetable.tick_opening"),
    path("years/", bringing.see_years, name="readers.see_new_year"),
    path("years/bring/", bringing.bring, name="readers.bring_year"),
    path("years/columns/", bringing.name_columns, name="readers.name_year_columns"),
    path("years/<int:pk>/", views.see_year, name="readers.year_plan"),
    path("years/<int:pk>/begin/", views.begin, name="readers.begin_year"),
    path("years/<int:pk>/undo/", views.undo, name="readers.undo_year"),
    path("years/<int:pk>/give-up/", views.give_up, name="readers.give_year_up"),
    path("readers/<int:pk>/clearance/", views.slip, name="circulation.clearance_slip"),
]
