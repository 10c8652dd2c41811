"""The addresses of the front door."""

from django.urls import path

from shuxiang.web.front import entry, feed, hall, own, setting_up

urlpatterns = [
    path("", hall.hall, name="front"),
    path("sign-in/", entry.sign_in, name="sign_in"),
    path("sign-out/", entry.sign_out, name="sign_out"),
    path("language/", entry.choose_language, name="set_language"),
    path("own/", own.change_own_password, name="accounts.change_own_password"),
    path("own/pin/", own.set_pin, name="accounts.set_pin"),
    path("rotation/<str:secret>.ics", feed.follow_class, name="follow_class"),
    path("set-up/", setting_up.set_up, name="set_up"),
]
