"""The addresses of the reader's own page."""

from django.urls import path

from shuxiang.web.mine import duties, entry, helping, page, pin

urlpatterns = [
    path("", page.see_own_loans, name="circulation.see_own_loans"),
    path("renew/", page.renew_own, name="circulation.renew_own"),
    path("holds/<int:pk>/cancel/", page.cancel_own_hold, name="circulation.cancel_own_hold"),
    path("sign-in/", entry.sign_in_by_card, name="sign_in_by_card"),
    path("helping/", helping.own_post, name="student_librarians.own_post"),
    path("helping/apply/", helping.apply, name="student_librarians.apply"),
    path("helping/test/begin/", helping.sit_own_test, name="student_librarians.sit_own_test"),
    path("helping/test/", helping.hand_in_own_test, name="student_librarians.hand_in_own_test"),
    path("helping/unable/", duties.say_unable, name="student_librarians.say_unable"),
    path("helping/swap/", duties.ask_swap, name="student_librarians.ask_swap"),
    path("helping/swaps/<int:pk>/", duties.answer_swap, name="student_librarians.answer_swap"),
    path("pin/", pin.change_own_pin, name="accounts.change_own_pin"),
]
