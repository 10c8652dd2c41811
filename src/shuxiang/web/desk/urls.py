"""The addresses of the desk."""

from django.urls import path

from shuxiang.web.desk.views import acts, locking, page, scanning, shelving, visit_acts, visits

urlpatterns = [
    path("", page.see, name="circulation.see_desk"),
    path("nobody/", page.see_nobody, name="circulation.desk_figures"),
    path("scan/", scanning.scan, name="circulation.lend"),
    path("renew/", acts.renew, name="circulation.renew"),
    path("undo/", acts.undo, name="circulation.undo"),
    path("hold/", acts.place_hold, name="circulation.place_hold"),
    path("book/", acts.add_book, name="catalogue.quick_add"),
    path("clock/", acts.trust_clock, name="circulation.trust_clock"),
    path("shelve/", shelving.put_on_shelf, name="catalogue.put_on_shelf"),
    path("lock/", locking.lock, name="desk.lock"),
    path("unlock/", locking.unlock, name="desk.unlock"),
    path("number/", page.choose_desk, name="desk.choose"),
    path("slip/<int:reader_id>/", page.slip, name="circulation.loans_on_hand"),
    path("visit/", visits.see, name="circulation.see_visit"),
    path("visit/open/", visit_acts.open_class, name="circulation.open_visit"),
    path("visit/<int:visit_id>/", visits.board_page, name="circulation.board"),
    path(
        "visit/<int:visit_id>/since/<int:entry_id>/", visits.news, name="circulation.newest_entry"
    ),
    path("visit/<int:visit_id>/scan/", visit_acts.scan, name="circulation.lend_in_visit"),
    path("visit/<int:visit_id>/renew/", visit_acts.renew, name="circulation.renew_in_visit"),
    path("visit/<int:visit_id>/undo/", visit_acts.undo, name="circulation.undo_in_visit"),
    path("visit/<int:visit_id>/away/", visit_acts.mark_absent, name="circulation.mark_absent"),
    path("visit/<int:visit_id>/close/", visit_acts.close, name="circulation.close_visit"),
    path("visit/<int:visit_id>/list/", visits.closing_list, name="circulation.visit_list"),
]
