"""Every fault that a room knows is planted once, by hand in the database, and found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django_scopes import scope

from shuxiang.catalogue import actions as catalogue
from shuxiang.circulation import actions as circulation
from shuxiang.circulation.rules import Channel, Whom
from shuxiang.circulation.tests.factories import NOW, a_library
from shuxiang.clockwork.commands import check_data
from shuxiang.clockwork.tests.faults_of_helpers import OF_HELPERS
from shuxiang.clockwork.tests.faults_of_programmes import OF_PROGRAMMES
from shuxiang.clockwork.tests.faults_of_times import OF_TIMES, a_term
from shuxiang.readers import actions as readers
from shuxiang.readers.models import Photo

TODAY = date(2026, 11, 23)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def settle():
    """Let PostgreSQL follow every reference now: a table with some to follow can't be altered."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")


def let(constraint, table):
    """Take away what the database itself would hold against the fault."""
    if connection.vendor == "sqlite":
        sql("PRAGMA ignore_check_constraints = ON")
        sql(f'DROP INDEX IF EXISTS "{constraint}"')
    else:
        settle()
        sql(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {constraint}")
        sql(f"DROP INDEX IF EXISTS {constraint}")


def let_the_audit_change():
    if connection.vendor == "sqlite":
        sql("DROP TRIGGER audit_entry_is_not_updated")
    else:
        settle()
        sql("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_stays")


def barcode_not_registered(library):
    sql("UPDATE numbers_barcode SET retired_at = %s WHERE code = 'B00001'", NOW)


def barcode_of_no_copy(library):
    sql("UPDATE catalogue_copy SET barcode = '' WHERE barcode = 'B00001'")


def barcode_twice(library):
    let("one_living_copy_of_a_barcode", "catalogue_copy")
    sql("UPDATE catalogue_copy SET barcode = 'B00001' WHERE barcode = 'B00002'")


def wrongly_filed(library):
    sql("UPDATE catalogue_title SET publisher = '另一家出版社'")


def accession_number_above_sequence(library):
    sql("UPDATE numbers_sequence SET last = 0")


def call_number_twice(library):
    let("a_call_number_names_one_title", "catalogue_holding")
    sql("UPDATE catalogue_holding SET clc = 'I', book_number = '1', call_number = 'I/1'")


def call_number_in_disorder(library):
    sql(
        "UPDATE catalogue_holding SET clc = 'I', book_number = '1', call_number = 'K/2'"
        " WHERE id = %s",
        library.copies[0].holding_id,
    )


def withdrawn_without_document(library):
    let("withdrawn_means_on_a_withdrawal", "catalogue_copy")
    sql("UPDATE catalogue_copy SET standing = 'withdrawn' WHERE barcode = 'B00001'")


def price_not_posted(library):
    sql("UPDATE catalogue_copy SET price_fen = 1999 WHERE barcode = 'B00001'")


def copy_of_another_school(library):
    other = a_library()
    sql(
        "UPDATE catalogue_copy SET holding_id = %s WHERE id = %s",
        other.copies[0].holding_id,
        library.copies[0].pk,
    )


def postings_differ_from_stock(library):
    sql("UPDATE catalogue_posting SET copies = copies + 1 WHERE accession_id IS NOT NULL")


def withdrawal_differs_from_copies(library):
    catalogue.withdraw(
        copies=library.copies[:1],
        reason="lost",
        withdrawn_on=TODAY,
        by=library.librarian,
        now=NOW,
    )
    sql("UPDATE catalogue_posting SET copies = copies - 1 WHERE withdrawal_id IS NOT NULL")


def card_not_registered(library):
    sql("UPDATE numbers_barcode SET retired_at = %s WHERE code = 'R00001'", NOW)


def card_of_nobody(library):
    sql("UPDATE readers_reader SET card = '' WHERE card = 'R00001'")


def in_two_classes(library):
    sql(
        "INSERT INTO readers_membership (school_id, reader_id, school_class_id, from_on, until_on)"
        " VALUES (%s, %s, %s, '2025-01-01', '2025-02-01')",
        library.school.pk,
        library.pupils[0].pk,
        library.school_class.pk,
    )


def in_class_after_leaving(library):
    sql("UPDATE readers_reader SET left_on = '2026-01-01' WHERE id = %s", library.pupils[0].pk)


def reader_of_another_school(library):
    other = a_library()
    sql(
        "UPDATE readers_membership SET school_class_id = %s WHERE reader_id = %s",
        other.school_class.pk,
        library.pupils[0].pk,
    )


def photo_without_consent(library):
    Photo.objects.create(
        school=library.school, reader=library.pupils[0], jpeg=b"", digest="x", kept_at=NOW
    )


def two_open_loans(library):
    library.lend(0, 0)
    library.lend(1, 1)
    let("one_open_loan_a_copy", "circulation_loan")
    sql("UPDATE circulation_loan SET copy_id = %s", library.copies[0].pk)


def loan_of_another_school(library):
    library.lend(0, 0)
    sql("UPDATE circulation_loan SET reader_id = %s", a_library().pupils[0].pk)


def loan_without_its_act(library):
    library.lend(0, 0)
    let_the_audit_change()
    sql("UPDATE audit_entry SET verb = 'circulation.renew' WHERE verb = 'circulation.lend'")


def withdrawn_but_out(library):
    library.lend(0, 0)
    withdrawn_without_document(library)


def a_notice(library):
    circulation.tell(
        school=library.school,
        loans=[library.lend_late().pk],
        whom=Whom.READER,
        channel=Channel.SLIP,
        by=library.librarian,
        now=NOW,
    )


def notice_of_another_school(library):
    a_notice(library)
    sql("UPDATE circulation_notice SET school_id = %s", a_library().school.pk)


def notice_without_its_books(library):
    a_notice(library)
    sql("UPDATE circulation_notice SET books = 9")


def moved_due_date_of_another_school(library):
    loan = library.lend()
    term = a_term(library, 1, date(2026, 9, 1), date(2027, 1, 22))
    circulation.let_stay(
        term=term,
        loans=[loan.pk],
        until_on=date(2027, 2, 25),
        reason="假期阅读",
        by=library.librarian,
        now=NOW,
    )
    other = a_library()
    with scope(school=other.school):
        theirs = other.lend()
    sql("UPDATE circulation_duechange SET loan_id = %s", theirs.pk)


def entrance_of_another_school(library):
    card = library.pupils[0].card
    circulation.enter(school=library.school, code=card, by=library.librarian, now=NOW)
    sql("UPDATE circulation_entrance SET reader_id = %s", a_library().pupils[0].pk)


def a_ready_hold(library):
    library.lend(0, 0)
    library.place_hold(0, 1)
    library.take_back(0)


def ready_hold_of_a_copy_out(library):
    a_ready_hold(library)
    library.lend(1, 2)
    sql("UPDATE circulation_loan SET copy_id = %s", library.copies[0].pk)


def ready_hold_of_another_title(library):
    a_ready_hold(library)
    sql("UPDATE circulation_hold SET holding_id = %s", library.copies[1].holding_id)


def barcode_of_two_things(library):
    let("a_barcode_names_one_living_thing", "numbers_barcode")
    sql("UPDATE numbers_barcode SET code = 'B00001' WHERE code = 'R00001'")


def act_twice(library):
    library.lend(0, 0, nonce="n1")
    library.lend(1, 1, nonce="n2")
    let("an_act_happens_once", "audit_entry")
    let_the_audit_change()
    sql("UPDATE audit_entry SET nonce = 'n1' WHERE nonce = 'n2'")


def undone_before_it_was_done(library):
    library.lend(0, 0)
    let_the_audit_change()
    sql("UPDATE audit_entry SET undoes_id = id WHERE verb = 'circulation.lend'")


def hold_of_a_reader_who_left(library):
    library.lend(0, 0)
    library.place_hold(0, 1)
    reader = library.pupils[1]
    readers.leave(reader=reader, on=TODAY, by=library.librarian, now=NOW)


Plant = Callable[..., None]
PLANTS: dict[str, dict[str, Plant]] = {
    "shuxiang.platform.audit": {
        "act_twice": act_twice,
        "undone_before_it_was_done": undone_before_it_was_done,
    },
    "shuxiang.platform.numbers": {"barcode_of_two_things": barcode_of_two_things},
    "shuxiang.catalogue": {
        "barcode_not_registered": barcode_not_registered,
        "barcode_of_no_copy": barcode_of_no_copy,
        "barcode_twice": barcode_twice,
        "accession_number_above_sequence": accession_number_above_sequence,
        "call_number_twice": call_number_twice,
        "call_number_in_disorder": call_number_in_disorder,
        "withdrawn_without_document": withdrawn_without_document,
        "price_not_posted": price_not_posted,
        "copy_of_another_school": copy_of_another_school,
        "postings_differ_from_stock": postings_differ_from_stock,
        "accession_differs_from_copies": postings_differ_from_stock,
        "withdrawal_differs_from_copies": withdrawal_differs_from_copies,
        "wrongly_filed": wrongly_filed,
    },
    "shuxiang.readers": {
        "readers.card_not_registered": card_not_registered,
        "readers.card_of_nobody": card_of_nobody,
        "readers.in_two_classes": in_two_classes,
        "readers.in_class_after_leaving": in_class_after_leaving,
        "readers.of_another_school": reader_of_another_school,
        "readers.photo_without_consent": photo_without_consent,
    },
    "shuxiang.timetable": OF_TIMES,
    "shuxiang.circulation": {
        "two_open_loans": two_open_loans,
        "loan_of_another_school": loan_of_another_school,
        "loan_without_its_act": loan_without_its_act,
        "withdrawn_but_out": withdrawn_but_out,
        "ready_hold_of_a_copy_out": ready_hold_of_a_copy_out,
        "hold_of_a_reader_who_left": hold_of_a_reader_who_left,
        "ready_hold_of_another_title": ready_hold_of_another_title,
        "notice_of_another_school": notice_of_another_school,
        "notice_without_its_books": notice_without_its_books,
        "moved_due_date_of_another_school": moved_due_date_of_another_school,
        "entrance_of_another_school": entrance_of_another_school,
    },
    "shuxiang.student_librarians": OF_HELPERS,
    "shuxiang.programmes": OF_PROGRAMMES,
}
NOT_TO_BE_PLANTED = {"accession_number_twice"}  # the table itself would have to be made anew


@pytest.fixture(autouse=True)
def strict_again(db):
    yield
    if connection.vendor == "sqlite":
        sql("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.parametrize(
    ("room", "code"), [(room, code) for room, plants in PLANTS.items() for code in plants]
)
def test_what_must_never_be_is_found_and_said(library, room, code):
    assert list(check_data.everything()) == []
    PLANTS[room][code](library)
    found = {broken.code: broken for broken in check_data.asked(room, library.school)}
    assert found[code].count >= 1
    words = str(import_module(f"{room}.wording").INVARIANTS[code])
    sentences = [
        said for said in check_data.everything() if words.split("%(examples)s", maxsplit=1)[0]
    ]
    assert any(example in said for said in sentences for example in found[code].examples)
    sql("DELETE FROM circulation_hold")


def test_every_fault_that_a_room_has_words_for_is_planted():
    worded = {
        (room, code)
        for room in check_data.ROOMS
        for code in import_module(f"{room}.wording").INVARIANTS
    }
    planted = {(room, code) for room, plants in PLANTS.items() for code in plants}
    assert {code for _, code in worded - planted} == NOT_TO_BE_PLANTED
    assert planted <= worded


def test_the_database_itself_refuses_a_second_copy_with_an_accession_number(library):
    number = library.copies[0].accession_number
    with pytest.raises(IntegrityError), transaction.atomic():
        sql("UPDATE catalogue_copy SET accession_number = %s", number)


def test_a_term_of_lending_leaves_nothing_to_say(library):
    library.lend(0, 0)
    library.place_hold(0, 1)
    library.take_back(0, now=NOW + timedelta(hours=1))
    assert list(check_data.everything()) == []
