"""Lend, take back, renew: what is written and what is not."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from shuxiang.catalogue.models import Copy, Standing
from shuxiang.circulation import actions
from shuxiang.circulation.models import Loan
from shuxiang.circulation.rules import Mode, Note, Reason, RenewalReason
from shuxiang.circulation.tests.factories import NOW, TODAY
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.audit.queries import NonceReused
from shuxiang.readers.models import Reader, Restriction
from shuxiang.readers.tests.factories import a_class, a_reader
from shuxiang.timetable.actions import catch_up
from shuxiang.timetable.tests.factories import BEFORE, a_slot, a_term, a_turn

DAY = timedelta(days=1)


def acts():
    return list(
        Entry.objects.filter(verb__startswith="circulation.", by__isnull=False)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def refusal(library, **kwargs):
    with pytest.raises(actions.LoanRefused) as refused:
        library.lend(**kwargs)
    return [objection.reason for objection in refused.value.objections]


def test_r05_a_loan_keeps_who_when_where_and_how_long(library):
    loan = library.lend()
    entry = Entry.objects.get(verb="circulation.lend")
    assert (loan.reader, loan.grade, loan.lent_on) == (library.pupils[0], 3, TODAY)
    assert loan.due_on == date(2026, 12, 7)
    assert (entry.subject_id, entry.by, entry.place) == (loan.pk, library.librarian, "1")


def test_a_refused_loan_writes_nothing(library):
    library.lend(copy=0)
    library.lend(copy=1)
    before = (Loan.objects.count(), Entry.objects.count())
    assert refusal(library, copy=2) == [Reason.LIMIT_REACHED]
    assert (Loan.objects.count(), Entry.objects.count()) == before


def test_all_objections_come_at_once(library):
    library.lend(copy=0)
    library.lend(copy=1)
    Restriction.objects.create(
        school=library.school, reader=library.pupils[0], why="遗失未赔", from_on=TODAY
    )
    said = refusal(library, copy=2, now=NOW + 21 * DAY)
    assert said == [Reason.READER_RESTRICTED, Reason.READER_HAS_OVERDUE, Reason.LIMIT_REACHED]


def test_a_librarian_passes_the_limit_and_the_audit_keeps_it(library):
    library.lend(copy=0)
    library.lend(copy=1)
    library.lend(copy=2, confirmed={Reason.LIMIT_REACHED})
    assert Entry.objects.latest("pk").details["passed"] == ["limit_reached"]


def test_r35_a_helper_cannot_pass_an_objection_alone(library):
    library.lend(copy=0)
    library.lend(copy=1)
    said = refusal(library, copy=2, by=library.helper, confirmed={Reason.LIMIT_REACHED})
    assert said == [Reason.LIMIT_REACHED]


def test_a_librarian_beside_a_helper_may_and_both_names_are_kept(library):
    library.lend(copy=0)
    library.lend(copy=1)
    library.lend(
        copy=2,
        by=library.helper,
        approved_by=library.librarian,
        confirmed={Reason.LIMIT_REACHED},
    )
    entry = Entry.objects.latest("pk")
    assert (entry.by, entry.approved_by) == (library.helper, library.librarian)


def test_a_copy_that_is_out_is_refused_whatever_is_confirmed(library):
    library.lend(pupil=0)
    assert refusal(library, pupil=1, confirmed=set(Reason)) == [Reason.COPY_ON_LOAN]


def test_the_database_itself_refuses_a_second_open_loan(library):
    loan = library.lend()
    loan.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        loan.save(force_insert=True)


def test_r56_the_same_act_twice_is_one_loan_and_the_same_answer(library):
    first = library.lend(nonce="n1", content="c")
    again = library.lend(nonce="n1", content="c", now=NOW + timedelta(minutes=5))
    assert first == again
    assert acts() == ["circulation.lend"]


def test_r56_a_number_that_did_something_else_does_nothing(library):
    library.lend(copy=0, nonce="n1", content="c")
    with pytest.raises(NonceReused):
        library.lend(copy=1, nonce="n1", content="other")
    assert Loan.objects.count() == 1


def test_r04_a_book_read_in_the_room_is_due_today(library):
    row = {"category": "pupil", "max_loans": 2, "in_room_only": True}
    actions.change_terms(school=library.school, row=row, by=None, now=NOW)
    assert refusal(library) == [Reason.IN_ROOM_ONLY]
    loan = library.lend(in_room=True)
    assert (loan.kind, loan.due_on) == ("in_room", TODAY)


def test_a_return_closes_the_loan_and_waits_for_the_shelf(library):
    loan = library.lend()
    library.take_back(now=NOW + DAY)
    loan.refresh_from_db()
    assert (loan.returned_on, loan.copy.standing) == (TODAY + DAY, Standing.TO_BE_SHELVED)


@pytest.mark.parametrize(
    ("standing", "note", "after"),
    [
        (Standing.ON_SHELF, None, Standing.TO_BE_SHELVED),
        (Standing.LOST, Note.WAS_LOST, Standing.TO_BE_SHELVED),
        (Standing.MISSING, Note.WAS_LOST, Standing.TO_BE_SHELVED),
        (Standing.IN_REPAIR, Note.WAS_IN_REPAIR, Standing.IN_REPAIR),
    ],
)
def test_a_return_is_never_refused_what_is_odd_is_noted(library, standing, note, after):
    library.lend()
    Copy.objects.filter(pk=library.copies[0].pk).update(standing=standing)
    entry = library.take_back()
    assert entry.details["notes"] == ([note.value] if note else [])
    assert Copy.objects.get(pk=library.copies[0].pk).standing == after


def test_a_book_that_was_not_lent_is_taken_with_a_note(library):
    assert library.take_back().details["notes"] == [Note.NOT_ON_LOAN.value]


def test_a_late_return_tells_the_days(library):
    library.lend()
    assert library.take_back(now=NOW + 20 * DAY).details["days_late"] == 6


def test_r01_a_class_that_comes_by_timetable_from_a_day_on_borrows_in_its_visit_only(library):
    said = {"school": library.school, "grade": 3, "by": library.librarian, "now": NOW}
    actions.set_mode(mode=Mode.TIMETABLE, from_on=TODAY + DAY, **said)
    library.lend(copy=0)
    tomorrow = NOW + DAY
    assert refusal(library, copy=1, now=tomorrow) == [Reason.NOT_THIS_WAY]

    visit = actions.open_visit(
        school_class=library.school_class, turn=None, by=library.librarian, now=tomorrow
    )
    entry = actions.lend(
        copy=library.copies[1], reader=library.pupils[0], act=library.act(tomorrow), visit=visit
    )
    assert Loan.objects.get(pk=entry.subject_id or 0).channel == Loan.Channel.VISIT
    actions.set_mode(mode=Mode.BOTH, from_on=TODAY + DAY, **said)
    assert library.lend(copy=2, pupil=1, now=tomorrow)


@pytest.mark.parametrize(
    ("mode", "reason", "weight"),
    [
        (Mode.BOTH, Reason.OF_ANOTHER_CLASS, "notes"),
        (Mode.TIMETABLE, Reason.NOT_THIS_WAY, "passed"),
    ],
)
def test_r01_a_guest_from_another_class_is_no_visit_of_its_own(library, mode, reason, weight):
    school = library.school
    actions.set_mode(school=school, mode=mode, from_on=TODAY, by=library.librarian, now=NOW)
    other = a_class(school, number=7)
    guest = a_reader(school, school_class=other)
    teacher = a_reader(school, "陈思敏", category=Reader.Category.TEACHER)
    visit = actions.open_visit(
        school_class=library.school_class, turn=None, by=library.librarian, now=NOW
    )
    library.pupils += [guest, teacher]
    everything = frozenset({Reason.NOT_THIS_WAY})
    lent = [
        actions.lend(
            copy=library.copies[copy],
            reader=library.pupils[pupil],
            act=library.act(),
            visit=visit,
            confirmed=everything,
        )
        for copy, pupil in enumerate((0, -2, -1))
    ]
    own, its, hers = (Loan.objects.get(pk=entry.subject_id or 0) for entry in lent)
    assert [own.visit, its.visit, hers.visit] == [visit, None, None]
    assert [own.channel, its.channel] == [Loan.Channel.VISIT, Loan.Channel.DESK]
    told = [[*entry.details["notes"], *entry.details["passed"]] for entry in lent]
    assert reason.value in lent[1].details[weight]
    assert [told[0], told[2]] == [[], []], "a teacher comes with no class"


def test_r03_a_book_is_due_when_its_class_really_comes_next(library):
    school = library.school
    tuesday, thursday = (a_slot(school, weekday=weekday) for weekday in (1, 3))
    turn = a_turn(a_term(school), tuesday, library.school_class, now=BEFORE)
    row = {"category": "pupil", "max_loans": 4, "loan_days": 14, "until_next_visit": True}
    actions.change_terms(school=school, row=row, by=None, now=NOW)
    assert library.lend(copy=0).due_on == date(2026, 11, 24)

    catch_up(
        turn=turn,
        missed_on=date(2026, 11, 24),
        on=date(2026, 11, 26),
        slot=thursday,
        by=None,
        now=NOW,
    )
    assert library.lend(copy=1).due_on == date(2026, 11, 26)


@pytest.mark.parametrize("days", [0, 1], ids=["on the day before", "on the visit"])
def test_r03_a_renewal_is_until_the_visit_after_the_one_at_which_it_is_due(library, days):
    school = library.school
    a_turn(a_term(school), a_slot(school, weekday=1), library.school_class, now=BEFORE)
    row = {"category": "pupil", "max_loans": 4, "loan_days": 14, "until_next_visit": True}
    actions.change_terms(school=school, row=row, by=None, now=NOW)
    loan, later = library.lend(copy=0), NOW + timedelta(days=days)
    entry = actions.renew(reader=library.pupils[0], loans=[loan], act=library.act(later))
    loan.refresh_from_db()
    assert (loan.due_on, loan.due_at_visit) == (date(2026, 12, 1), True)
    library.undo(entry, later)
    loan.refresh_from_db()
    assert (loan.due_on, loan.due_at_visit) == (date(2026, 11, 24), True)


def test_undo_of_a_renewal_gives_back_that_days_counted(library):
    school = library.school
    a_turn(a_term(school), a_slot(school, weekday=1), library.school_class, now=BEFORE)
    loan = library.lend(copy=0)
    row = {"category": "pupil", "max_loans": 4, "loan_days": 14, "until_next_visit": True}
    actions.change_terms(school=school, row=row, by=None, now=NOW)
    entry = actions.renew(reader=library.pupils[0], loans=[loan], act=library.act(NOW))
    loan.refresh_from_db()
    assert (loan.due_on, loan.due_at_visit) == (date(2026, 12, 8), True)
    library.undo(entry, NOW)
    loan.refresh_from_db()
    assert (loan.due_on, loan.due_at_visit) == (date(2026, 12, 7), False)


def test_r03_a_renewal_moves_the_day_once(library):
    loan = library.lend()
    later = NOW + 10 * DAY
    actions.renew(reader=library.pupils[0], loans=[loan], act=library.act(later))
    loan.refresh_from_db()
    assert loan.due_on == date(2026, 12, 17)
    with pytest.raises(actions.RenewalRefused) as refused:
        actions.renew(reader=library.pupils[0], loans=[loan], act=library.act(later + 5 * DAY))
    assert refused.value.kept[0].reasons == (RenewalReason.RENEWED_ENOUGH,)


def test_r03_what_cannot_be_renewed_is_told_beside_what_is(library):
    held = library.lend(copy=0)
    free = library.lend(copy=1)
    library.place_hold(copy=0, pupil=1)
    entry = actions.renew(
        reader=library.pupils[0], loans=[held, free], act=library.act(NOW + 5 * DAY)
    )
    assert [row["loan"] for row in entry.details["renewed"]] == [free.pk]
    assert entry.details["kept"] == [{"loan": held.pk, "reasons": ["held_for_another"]}]


def test_a_clock_that_went_back_pauses_lending_until_a_librarian_says_it_is_right(library):
    library.lend(copy=0)
    wrong = NOW.replace(year=2009)
    with pytest.raises(actions.ClockWentBack):
        library.lend(copy=1, now=wrong)
    with pytest.raises(actions.ClockWentBack):
        library.take_back(copy=0, now=wrong)
    actions.trust_clock(school=library.school, by=library.librarian, now=NOW - DAY)
    assert library.lend(copy=1, now=NOW - DAY).lent_on == TODAY - DAY


@pytest.mark.parametrize("out", [0, 1])
def test_r57_a_loan_costs_the_same_few_statements_however_much_is_out(
    library, out, django_assert_num_queries
):
    library.lend(copy=3)  # the school's rules are known from now on
    for n in range(out):
        library.lend(copy=n)
    lock = connection.features.has_select_for_update  # SQLite has one writer anyway
    with django_assert_num_queries(6 + lock):  # two of them are a savepoint's
        library.lend(copy=2, pupil=1)


def test_a_loan_before_eight_in_the_morning_belongs_to_the_school_day(library):
    early = NOW.replace(hour=23, minute=30)  # 7:30 on the 24th in Shanghai
    assert library.lend(now=early).lent_on == TODAY + DAY


def test_r58_after_its_time_a_loan_loses_its_reader_and_keeps_its_counts(library):
    loan = library.lend()
    library.take_back(now=NOW + DAY)
    kept = library.lend(copy=1, now=NOW + DAY)
    counts = actions.forget(school=library.school, before=TODAY + DAY, now=NOW + 90 * DAY)
    loan.refresh_from_db()
    kept.refresh_from_db()
    assert counts["loans"] == 1
    assert (loan.reader, loan.grade, loan.school_class) == (None, 3, library.school_class)
    assert kept.reader == library.pupils[0]
