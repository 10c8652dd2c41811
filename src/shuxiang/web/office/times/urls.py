"""Addresses of terms, days, hours, slots, the rotation and the lending rules."""

from django.urls import path

from shuxiang.web.office.times.views import days, hours, lending, periods, rotation, slots, terms

urlpatterns = [
    path("times/", rotation.see_timetable, name="timetable.see_timetable"),
    path("times/print", rotation.print_timetable, name="timetable.print_timetable"),
    path("times/give", rotation.give_turn, name="timetable.give_turn"),
    path("times/turns/<int:pk>/move", rotation.move_turn, name="timetable.move_turn"),
    path("times/turns/<int:pk>/away", rotation.take_turn_away, name="timetable.take_turn_away"),
    path("times/terms", terms.see_terms, name="timetable.see_terms"),
    path("times/terms/new", terms.change_term, name="timetable.add_term"),
    path("times/terms/<int:pk>", terms.change_term, name="timetable.change_term"),
    path("times/terms/<int:pk>/remove", terms.remove_term, name="timetable.remove_term"),
    path("times/days", days.set_day, name="timetable.set_day"),
    path("times/days/unset", days.unset_day, name="timetable.unset_day"),
    path("times/periods", periods.see_periods, name="timetable.see_periods"),
    path("times/periods/new", periods.change_period, name="timetable.add_period"),
    path(
        "times/periods/typical",
        periods.add_typical_periods,
        name="timetable.add_typical_periods",
    ),
    path("times/periods/<int:pk>", periods.change_period, name="timetable.change_period"),
    path("times/periods/<int:pk>/remove", periods.remove_period, name="timetable.remove_period"),
    path("times/hours", hours.see_opening_hours, name="timetable.see_opening_hours"),
    path("times/hours/new", hours.change_opening_hours, name="timetable.add_opening_hours"),
    path("times/hours/<int:pk>", hours.change_opening_hours, name="timetable.change_opening_hours"),
    path(
        "times/hours/<int:pk>/remove",
        hours.remove_opening_hours,
        name="timetable.remove_opening_hours",
    ),
    path("times/slots", slots.add_slots, name="timetable.add_slots"),
    path("times/slots/<int:pk>", slots.change_slot, name="timetable.change_slot"),
    path("times/slots/<int:pk>/remove", slots.remove_slot, name="timetable.remove_slot"),
    path("lending/", lending.terms_rows, name="circulation.terms_rows"),
    path("lending/new", lending.add_terms, name="circulation.add_terms"),
    path("lending/<int:pk>", lending.change_terms, name="circulation.change_terms"),
    path("lending/<int:pk>/remove", lending.remove_terms, name="circulation.remove_terms"),
    path("lending/mode", lending.set_mode, name="circulation.set_mode"),
    path("lending/mode/<int:pk>/back", lending.take_back_mode, name="circulation.take_back_mode"),
]
