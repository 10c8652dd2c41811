"""The rules of lending as tables and properties: no database, no clock."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shuxiang.circulation.rules import (
    ALWAYS_REFUSED,
    HoldFacts,
    HoldReason,
    LendingFacts,
    Mode,
    ModeRow,
    Reason,
    RenewalFacts,
    RenewalReason,
    Terms,
    TermsRow,
    Way,
    Weight,
    due_on,
    may_borrow,
    may_hold,
    may_renew,
    mode_on,
    pick,
)
from shuxiang.timetable.rules import Audience, Calendar, For, Hours, SaidDay, Who

NOTHING_AGAINST = LendingFacts()
PUPIL = Terms(max_loans=3, loan_days=14)
WEEKDAYS = Calendar()


def reasons(facts, terms=PUPIL):
    return [objection.reason for objection in may_borrow(facts, terms).objections]


def test_a_reader_with_nothing_against_them_may_borrow():
    assert reasons(NOTHING_AGAINST) == []


@pytest.mark.parametrize(
    ("fact", "reason", "weight"),
    [
        ({"reader_left": True}, Reason.READER_LEFT, Weight.REFUSE),
        ({"restrictions": ("遗失未赔",)}, Reason.READER_RESTRICTED, Weight.CONFIRM),
        ({"overdue": 1}, Reason.READER_HAS_OVERDUE, Weight.CONFIRM),
        ({"loans_on_hand": 3}, Reason.LIMIT_REACHED, Weight.CONFIRM),
        ({"loans_on_hand": 1, "limit": 1}, Reason.LIMIT_REACHED, Weight.CONFIRM),
        ({"has_title_on_hand": True}, Reason.TITLE_ON_HAND, Weight.NOTE),
        ({"copy_on_loan": True}, Reason.COPY_ON_LOAN, Weight.REFUSE),
        ({"copy_standing": Reason.COPY_WITHDRAWN}, Reason.COPY_WITHDRAWN, Weight.REFUSE),
        ({"copy_standing": Reason.COPY_IN_REPAIR}, Reason.COPY_IN_REPAIR, Weight.CONFIRM),
        ({"copy_standing": Reason.COPY_LOST}, Reason.COPY_LOST, Weight.NOTE),
        ({"copy_standing": Reason.COPY_IN_PROCESS}, Reason.COPY_IN_PROCESS, Weight.CONFIRM),
        ({"waiting": 2}, Reason.COPY_HELD_FOR_ANOTHER, Weight.CONFIRM),
        ({"mode": Mode.TIMETABLE}, Reason.NOT_THIS_WAY, Weight.CONFIRM),
        ({"of_another_class": True}, Reason.OF_ANOTHER_CLASS, Weight.NOTE),
        ({"closed_today": True}, Reason.CLOSED_TODAY, Weight.NOTE),
    ],
)
def test_each_fact_raises_its_own_objection_and_no_other(fact, reason, weight):
    verdict = may_borrow(replace(NOTHING_AGAINST, **fact), PUPIL)
    assert [(o.reason, o.weight) for o in verdict.objections] == [(reason, weight)]


def test_r04_a_reference_book_stays_in_the_room():
    terms = replace(PUPIL, in_room_only=True)
    assert reasons(NOTHING_AGAINST, terms) == [Reason.IN_ROOM_ONLY]
    assert reasons(replace(NOTHING_AGAINST, in_room=True), terms) == []


def test_a_book_read_in_the_room_does_not_count_against_the_limit():
    assert reasons(replace(NOTHING_AGAINST, loans_on_hand=3, in_room=True)) == []


def test_without_lending_terms_nothing_is_lent():
    assert may_borrow(NOTHING_AGAINST, None).objections[0].reason is Reason.NO_TERMS


def test_a_librarian_may_pass_the_limit_but_not_a_copy_that_is_out():
    facts = replace(NOTHING_AGAINST, loans_on_hand=3, copy_on_loan=True)
    standing = may_borrow(facts, PUPIL).standing(confirmed=frozenset(Reason))
    assert [objection.reason for objection in standing] == [Reason.COPY_ON_LOAN]


def test_a_note_never_stops_a_loan():
    assert may_borrow(replace(NOTHING_AGAINST, has_title_on_hand=True), PUPIL).standing() == ()


@given(st.dictionaries(st.sampled_from(Reason), st.sampled_from(Weight)))
def test_no_school_can_make_light_of_a_copy_that_is_out(weights):
    terms = replace(PUPIL, weights=weights)
    assert all(terms.weight(reason) is Weight.REFUSE for reason in ALWAYS_REFUSED)


@pytest.mark.parametrize(
    ("mode", "way", "comes"),
    [
        (Mode.OPEN, Way.ALONE, True),
        (Mode.OPEN, Way.WITH_CLASS, False),
        (Mode.TIMETABLE, Way.ALONE, False),
        (Mode.TIMETABLE, Way.WITH_CLASS, True),
        (Mode.BOTH, Way.ALONE, True),
        (Mode.BOTH, Way.WITH_CLASS, True),
    ],
)
def test_r01_a_class_borrows_in_the_way_that_its_mode_says(mode, way, comes):
    facts = replace(NOTHING_AGAINST, mode=mode, way=way)
    assert (Reason.NOT_THIS_WAY not in reasons(facts)) is comes


def test_r01_a_mode_holds_from_its_day_on_and_a_class_goes_before_its_grade():
    rows = [
        ModeRow(mode=Mode.TIMETABLE, from_on=date(2026, 9, 1)),
        ModeRow(mode=Mode.OPEN, from_on=date(2026, 11, 1), grade=3),
        ModeRow(mode=Mode.BOTH, from_on=date(2026, 10, 1), school_class=7),
    ]
    told = [
        mode_on(rows, date(2026, 8, 31), grade=3, school_class=1),
        mode_on(rows, date(2026, 10, 31), grade=3, school_class=1),
        mode_on(rows, date(2026, 11, 1), grade=3, school_class=1),
        mode_on(rows, date(2026, 11, 2), grade=3, school_class=7),
    ]
    assert told == [Mode.BOTH, Mode.TIMETABLE, Mode.OPEN, Mode.BOTH]


def row(*, grade=None, collection=None, loans):
    return TermsRow(
        category="pupil",
        grade=grade,
        collection=collection,
        terms=Terms(max_loans=loans, loan_days=7),
    )


@pytest.mark.parametrize(
    ("grade", "collection", "loans"), [(1, None, 1), (3, None, 2), (1, 9, 4), (3, 9, 3), (3, 8, 2)]
)
def test_r03_the_most_exact_row_of_the_lending_terms_holds(grade, collection, loans):
    rows = [row(loans=2), row(grade=1, loans=1), row(collection=9, loans=3)]
    rows.append(row(grade=1, collection=9, loans=4))
    chosen = pick(rows, category="pupil", grade=grade, collection=collection)
    assert chosen is not None
    assert chosen.max_loans == loans


def test_r03_a_kind_of_reader_without_a_row_has_no_terms():
    assert pick([row(loans=2)], category="teacher", grade=None, collection=None) is None


@pytest.mark.parametrize(
    ("lent", "days", "recall", "visit", "due"),
    [
        (date(2026, 11, 23), 7, None, None, date(2026, 11, 30)),
        (date(2026, 11, 20), 8, None, None, date(2026, 11, 30)),  # a Saturday moves to Monday
        (date(2026, 11, 23), 14, date(2026, 11, 27), None, date(2026, 11, 27)),
        (date(2026, 11, 23), 14, date(2026, 11, 29), None, date(2026, 11, 27)),  # recall: Sunday
        (date(2026, 11, 27), 14, date(2026, 11, 27), None, date(2026, 12, 11)),  # lent on it
        (date(2026, 11, 23), 14, None, date(2026, 11, 25), date(2026, 11, 25)),
        (date(2026, 11, 23), 0, None, None, date(2026, 11, 24)),
    ],
)
def test_r03_r25_due_dates_know_weekends_recall_and_the_next_visit(lent, days, recall, visit, due):
    assert due_on(lent, days, WEEKDAYS, recall_on=recall, next_visit_on=visit) == due


def test_r25_a_pupil_s_book_is_due_when_pupils_may_come():
    open_to = [(0, For.ALL), (1, For.TEACHERS), (2, For.PUPILS), (4, For.TEACHERS)]
    hours = tuple(
        Hours(weekday=day, opens_at=time(8), closes_at=time(16), audience=Audience(kind=kind))
        for day, kind in open_to
    )
    monday, calendar = date(2026, 11, 23), Calendar(hours=hours)
    pupil, teacher = Who(category="pupil", grade=3), Who(category="teacher")
    assert due_on(monday, 8, calendar, who=pupil) == date(2026, 12, 2)
    assert due_on(monday, 8, calendar, who=teacher) == date(2026, 12, 1)
    assert due_on(monday, 8, calendar, who=pupil, next_visit_on=date(2026, 12, 1)).day == 1


@given(
    lent=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    days=st.integers(0, 120),
    recall=st.none() | st.integers(1, 200),
    closed=st.sets(st.integers(0, 200), max_size=60),
)
def test_r03_a_loan_is_never_due_on_a_closed_day_nor_before_it_was_made(lent, days, recall, closed):
    calendar = Calendar(said={lent + timedelta(days=n): SaidDay(is_open=False) for n in closed})
    recall_on = lent + timedelta(days=recall) if recall else None
    due = due_on(lent, days, calendar, recall_on=recall_on)
    assert due > lent
    assert calendar.is_open(due)


@given(
    lent=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    days=st.integers(0, 120),
    recall=st.integers(8, 200),
)
@example(lent=date(2024, 2, 9), days=0, recall=8)  # the Spring Festival, closed until after it
def test_r08_a_loan_is_due_by_the_recall_day_or_when_the_school_opens_again(lent, days, recall):
    recall_on = lent + timedelta(days=recall)
    opens_on = WEEKDAYS.on_or_after(lent + timedelta(days=1))
    assert due_on(lent, days, WEEKDAYS, recall_on=recall_on) <= max(recall_on, opens_on)


RENEWABLE = RenewalFacts(due_on=date(2026, 11, 24), new_due_on=date(2026, 12, 8))


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ({"returned": True}, RenewalReason.RETURNED),
        ({"renewals": 1}, RenewalReason.RENEWED_ENOUGH),
        ({"overdue": True}, RenewalReason.OVERDUE),
        ({"waiting": 1}, RenewalReason.HELD_FOR_ANOTHER),
        ({"in_room": True}, RenewalReason.IN_ROOM),
        ({"restrictions": ("停借",)}, RenewalReason.READER_RESTRICTED),
        ({"new_due_on": date(2026, 11, 24)}, RenewalReason.NO_LATER_DAY),
    ],
)
def test_r03_each_fact_stops_a_renewal_with_its_own_reason(fact, reason):
    assert may_renew(RENEWABLE, PUPIL) == ()
    assert may_renew(replace(RENEWABLE, **fact), PUPIL) == (reason,)


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ({"reader_left": True}, HoldReason.READER_LEFT),
        ({"restrictions": ("停借",)}, HoldReason.READER_RESTRICTED),
        ({"already_held": True}, HoldReason.ALREADY_HELD),
        ({"title_on_hand": True}, HoldReason.TITLE_ON_HAND),
        ({"open_holds": 2}, HoldReason.HOLDS_USED_UP),
        ({"copies": 0}, HoldReason.NO_COPY),
        ({"copies_in": 1}, HoldReason.COPY_IS_IN),
    ],
)
def test_each_fact_stops_a_hold_with_its_own_reason(fact, reason):
    assert may_hold(HoldFacts(), PUPIL) == ()
    assert may_hold(replace(HoldFacts(), **fact), PUPIL) == (reason,)
