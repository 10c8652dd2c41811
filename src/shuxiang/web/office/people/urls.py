"""The addresses of classes, readers, accounts, settings and records."""

from django.urls import path

from shuxiang.web.office.people.views import (
    accounts,
    changing,
    classes,
    linking,
    my_classes,
    pins,
    readers,
    records,
    settings,
)

urlpatterns = [
    path("classes/", classes.see_classes, name="readers.see_classes"),
    path("classes/new/", classes.add_class, name="readers.add_class"),
    path("classes/<int:pk>/", classes.register, name="readers.register"),
    path("classes/<int:pk>/change/", classes.change_class, name="readers.change_class"),
    path("classes/<int:pk>/remove/", classes.remove_class, name="readers.remove_class"),
    path("classes/<int:pk>/teacher/", classes.name_teacher, name="readers.name_class_teacher"),
    path(
        "classes/<int:pk>/teacher/end/",
        classes.release_teacher,
        name="readers.release_class_teacher",
    ),
    path("classes/<int:pk>/pins/", pins.give_pins, name="readers.give_pins"),
    path("readers/", readers.see_readers, name="readers.see_readers"),
    path("readers/new/", readers.add_reader, name="readers.add_reader"),
    path("readers/<int:pk>/", readers.see_reader, name="readers.see_reader"),
    path(
        "readers/<int:pk>/history/",
        readers.see_reader_history,
        name="circulation.see_reader_history",
    ),
    path("readers/<int:pk>/change/", changing.change_reader, name="readers.change_reader"),
    path("readers/<int:pk>/card/", changing.give_card, name="readers.give_card"),
    path("readers/<int:pk>/class/", changing.move_to_class, name="readers.move_to_class"),
    path("readers/<int:pk>/account/", linking.open_account, name="readers.open_account"),
    path("readers/<int:pk>/leave/", changing.leave, name="readers.leave"),
    path("readers/<int:pk>/back/", changing.come_back, name="readers.come_back"),
    path("readers/<int:pk>/pause/", changing.restrict, name="readers.restrict"),
    path(
        "readers/pauses/<int:pk>/lift/",
        changing.lift_restriction,
        name="readers.lift_restriction",
    ),
    path("accounts/", accounts.see_accounts, name="accounts.see_accounts"),
    path("accounts/new/", accounts.add_account, name="accounts.add_account"),
    path("accounts/<int:pk>/", accounts.change_account, name="accounts.change_account"),
    path("accounts/<int:pk>/password/", accounts.set_password, name="accounts.set_password"),
    path("accounts/<int:pk>/reader/", linking.link_account, name="readers.link_account"),
    path("settings/", settings.change_settings, name="schools.change_settings"),
    path("settings/school/", settings.change_school, name="schools.change_school"),
    path("records/", records.see_entries, name="audit.see_entries"),
    path("my-classes/", my_classes.see_class_loans, name="circulation.see_class_loans"),
    path("my-classes/<int:pk>/", my_classes.see_class_loans, name="circulation.class_loans"),
]
