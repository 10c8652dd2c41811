"""The addresses of late books in the office."""

from django.urls import path

from shuxiang.web.office.late.views import forfeits, late, papers, recall, steps, telling

urlpatterns = [
    path("late/", late.see_late, name="circulation.see_late"),
    path("late/staff/", late.see_staff, name="circulation.staff_late"),
    path("late/classes/<int:pk>/", late.see_class_late, name="circulation.see_class_late"),
    path("late/slips/", papers.slips, name="late.slips"),
    path("late/classes/<int:pk>/slips/", papers.slips, name="late.class_slips"),
    path("late/meeting/", papers.meeting, name="late.meeting"),
    path("late/morning/", papers.see_morning_list, name="circulation.see_morning_list"),
    path("late/tell/", telling.tell, name="circulation.tell"),
    path("late/told/", telling.see_notices, name="circulation.see_notices"),
    path(
        "late/told/<int:pk>/take-back/",
        telling.take_notice_back,
        name="circulation.take_notice_back",
    ),
    path("late/recall/", recall.see_recall, name="circulation.see_recall"),
    path("late/recall/shorten/", recall.shorten_loans, name="circulation.shorten_loans"),
    path("late/recall/give-back/", recall.give_days_back, name="circulation.give_days_back"),
    path("late/recall/staff/", recall.see_staff_recall, name="circulation.staff_recall"),
    path("late/recall/stay/", recall.let_stay, name="circulation.let_stay"),
    path(
        "late/recall/stays/<int:pk>/take-back/",
        recall.take_stay_back,
        name="circulation.take_stay_back",
    ),
    path(
        "late/recall/classes/<int:pk>/",
        recall.see_class_recall,
        name="circulation.see_class_recall",
    ),
    path("late/recall/classes/<int:pk>/clearance/", recall.clearance, name="late.clearance"),
    path("late/steps/", steps.change_steps, name="late.steps"),
    path("late/prizes/", forfeits.see_forfeits, name="circulation.see_forfeits"),
    path(
        "late/classes/<int:pk>/prize/",
        forfeits.propose_forfeit,
        name="circulation.propose_forfeit",
    ),
    path(
        "late/prizes/<int:pk>/decide/", forfeits.decide_forfeit, name="circulation.decide_forfeit"
    ),
    path(
        "late/prizes/<int:pk>/take-back/",
        forfeits.take_forfeit_back,
        name="circulation.take_forfeit_back",
    ),
]
