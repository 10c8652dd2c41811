"""One table: what each role may do. A permission is the name of an action or of a query."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    PUPIL = "pupil"
    HELPER = "helper"
    CLASS_TEACHER = "class_teacher"
    LIBRARIAN = "librarian"
    PRINCIPAL = "principal"
    SCHOOL_ADMIN = "school_admin"
    DISTRICT = "district"


DESK = frozenset(
    {
        "circulation.lend",
        "circulation.take_back",
        "circulation.renew",
        "circulation.undo",
        "circulation.open_visit",
        "circulation.mark_absent",
        "circulation.close_visit",
        "circulation.see_desk",
        "circulation.see_visit",
    }
)

HELPING = frozenset(
    {
        "student_librarians.answer_swap",
        "student_librarians.apply",
        "student_librarians.ask_swap",
        "student_librarians.hand_in_own_test",
        "student_librarians.own_post",
        "student_librarians.say_unable",
        "student_librarians.sit_own_test",
    }
)
"""What a pupil does on the way to the desk, and as a student librarian."""

OWN = frozenset(
    {
        "circulation.cancel_own_hold",
        "circulation.place_own_hold",
        "circulation.renew_own",
        "circulation.see_own_loans",
    }
)
"""What anybody does who borrows too."""

LIBRARIAN = DESK | frozenset(
    {
        "accounts.change_own_password",
        "accounts.set_pin",
        "backup.ask_to_restore",
        "backup.choose_folder",
        "backup.make",
        "backup.see",
        "catalogue.add_title",
        "catalogue.change_accession",
        "catalogue.change_collection",
        "catalogue.change_copy",
        "catalogue.change_holding",
        "catalogue.change_shelf",
        "catalogue.change_title",
        "catalogue.close_period",
        "catalogue.give_labels",
        "catalogue.open_accession",
        "catalogue.put_on_shelf",
        "catalogue.quick_add",
        "catalogue.remove_accession",
        "catalogue.remove_collection",
        "catalogue.remove_shelf",
        "catalogue.see_catalogue",
        "catalogue.see_registers",
        "catalogue.set_standing",
        "catalogue.shelve",
        "catalogue.take_in",
        "catalogue.take_labels_back",
        "catalogue.withdraw",
        "circulation.cancel_hold",
        "circulation.cancel_own_hold",
        "circulation.change_terms",
        "circulation.clearance_slip",
        "circulation.confirm_objections",
        "circulation.decide_forfeit",
        "circulation.enrol_kiosk",
        "circulation.enter",
        "circulation.enter_class",
        "circulation.enter_count",
        "circulation.give_days_back",
        "circulation.let_stay",
        "circulation.place_hold",
        "circulation.place_own_hold",
        "circulation.propose_forfeit",
        "circulation.remove_terms",
        "circulation.renew_own",
        "circulation.see_borrowing",
        "circulation.see_class_borrowing",
        "circulation.see_class_late",
        "circulation.see_class_loans",
        "circulation.see_class_recall",
        "circulation.see_entrances",
        "circulation.see_forfeits",
        "circulation.see_kiosks",
        "circulation.see_late",
        "circulation.see_loans",
        "circulation.see_morning_list",
        "circulation.see_notices",
        "circulation.see_own_loans",
        "circulation.see_reader_history",
        "circulation.see_recall",
        "circulation.see_weeks",
        "circulation.set_mode",
        "circulation.shorten_loans",
        "circulation.take_back_kiosk",
        "circulation.take_back_mode",
        "circulation.take_entrance_back",
        "circulation.take_forfeit_back",
        "circulation.take_notice_back",
        "circulation.take_stay_back",
        "circulation.tell",
        "circulation.tell_not_borrowed",
        "circulation.to_forget",
        "circulation.trust_clock",
        "jobs.see_jobs",
        "jobs.start",
        "paper.rules_poster",
        "programmes.catch_up",
        "programmes.change_pair",
        "programmes.confirm_pair",
        "programmes.end_pair",
        "programmes.hold_for_group",
        "programmes.hold_session",
        "programmes.remove_session",
        "programmes.see_class_pairs",
        "programmes.see_orientation",
        "programmes.see_pairs",
        "readers.add_class",
        "readers.add_reader",
        "readers.allow_photos",
        "readers.begin_year",
        "readers.bring_photos",
        "readers.bring_year",
        "readers.change_class",
        "readers.change_reader",
        "readers.come_back",
        "readers.give_card",
        "readers.give_pins",
        "readers.give_year_up",
        "readers.leave",
        "readers.lift_restriction",
        "readers.move_to_class",
        "readers.name_class_teacher",
        "readers.open_account",
        "readers.release_class_teacher",
        "readers.remove_class",
        "readers.remove_photo",
        "readers.restrict",
        "readers.see_cards",
        "readers.see_classes",
        "readers.see_new_year",
        "readers.see_photo",
        "readers.see_photos",
        "readers.see_reader",
        "readers.see_readers",
        "readers.stop_photos",
        "readers.undo_year",
        "schools.change_school",
        "schools.change_settings",
        "student_librarians.appoint",
        "student_librarians.ask_for_roster",
        "student_librarians.change_meeting",
        "student_librarians.change_post",
        "student_librarians.change_shift",
        "student_librarians.come_to_duty",
        "student_librarians.decline",
        "student_librarians.end_post",
        "student_librarians.evaluate",
        "student_librarians.fill_gaps",
        "student_librarians.give_duty",
        "student_librarians.hand_in",
        "student_librarians.judge_posts",
        "student_librarians.nominate",
        "student_librarians.on_duty",
        "student_librarians.open_desk",
        "student_librarians.place_roster",
        "student_librarians.plan_training",
        "student_librarians.raise_problem",
        "student_librarians.remove_shift",
        "student_librarians.remove_training",
        "student_librarians.see_meetings",
        "student_librarians.see_posts",
        "student_librarians.set_roster_aside",
        "student_librarians.settle_problem",
        "student_librarians.sit_test",
        "student_librarians.stop_roster",
        "student_librarians.take_attendance",
        "student_librarians.take_duty_away",
        "student_librarians.take_roster_back",
        "student_librarians.tick_duties",
        "timetable.accept_proposal",
        "timetable.add_slots",
        "timetable.add_typical_periods",
        "timetable.ask_for_rotation",
        "timetable.catch_up",
        "timetable.change_opening_hours",
        "timetable.change_period",
        "timetable.change_slot",
        "timetable.change_term",
        "timetable.change_wish",
        "timetable.close_feed",
        "timetable.copy_wishes",
        "timetable.give_turn",
        "timetable.miss_visits",
        "timetable.move_turn",
        "timetable.pin_turn",
        "timetable.remove_opening_hours",
        "timetable.remove_period",
        "timetable.remove_season",
        "timetable.remove_slot",
        "timetable.remove_term",
        "timetable.remove_wish",
        "timetable.renew_feed",
        "timetable.see_opening",
        "timetable.see_timetable",
        "timetable.set_day",
        "timetable.set_lessons",
        "timetable.set_proposal_aside",
        "timetable.shift_periods",
        "timetable.stop_solving",
        "timetable.strike_missed",
        "timetable.take_back_proposal",
        "timetable.take_turn_away",
        "timetable.tick_opening",
        "timetable.unpin_turn",
        "timetable.unset_day",
    }
)

ADMIN = OWN | frozenset(
    {
        "accounts.add_account",
        "accounts.change_account",
        "accounts.change_own_password",
        "accounts.set_password",
        "accounts.see_accounts",
        "audit.see_entries",
        "backup.ask_to_restore",
        "backup.choose_folder",
        "backup.download",
        "backup.make",
        "backup.see",
        "circulation.to_forget",
        "readers.link_account",
        "readers.name_class_teacher",
        "readers.release_class_teacher",
        "readers.see_classes",
        "schools.change_school",
        "schools.change_settings",
    }
)

ROLES: dict[Role, frozenset[str]] = {
    Role.PUPIL: OWN
    | HELPING
    | frozenset(
        {
            "accounts.change_own_password",
            "accounts.change_own_pin",
        }
    ),
    Role.HELPER: OWN
    | DESK
    | HELPING
    | frozenset(
        {
            "accounts.change_own_password",
            "accounts.set_pin",
            "catalogue.put_on_shelf",
        }
    ),
    Role.CLASS_TEACHER: OWN
    | frozenset(
        {
            "accounts.change_own_password",
            "circulation.see_class_borrowing",
            "circulation.see_class_late",
            "circulation.see_class_loans",
            "circulation.see_class_recall",
            "circulation.see_visit",
            "paper.rules_poster",
            "programmes.change_pair",
            "programmes.confirm_pair",
            "programmes.end_pair",
            "programmes.hold_session",
            "programmes.see_class_pairs",
            "readers.give_pins",
            "student_librarians.nominate",
            "timetable.see_timetable",
        }
    ),
    Role.LIBRARIAN: LIBRARIAN,
    Role.PRINCIPAL: OWN
    | frozenset(
        {
            "accounts.change_own_password",
            "audit.see_entries",
            "catalogue.see_catalogue",
            "catalogue.see_registers",
            "timetable.see_timetable",
        }
    ),
    Role.SCHOOL_ADMIN: ADMIN,
    Role.DISTRICT: frozenset({"accounts.change_own_password"}),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[str]:
    """Join what several roles may do."""
    return frozenset().union(*(ROLES[role] for role in roles))
