"""Keen readers bring others along; what came of it is told honestly, and outlives the names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django_scopes import scope

from shuxiang.circulation import actions as circulation
from shuxiang.circulation.models import Loan
from shuxiang.circulation.rules import Reason
from shuxiang.circulation.tests.factories import NOW, TODAY, a_library, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.programmes import actions, queries
from shuxiang.programmes.actions import ProgrammeRefused
from shuxiang.programmes.models import Pair
from shuxiang.programmes.rules import (
    WINDOW,
    Borrower,
    Counts,
    Interests,
    Refusal,
    Telling,
    effect,
    suggest,
)
from shuxiang.readers.tests.factories import a_class, a_reader
from shuxiang.timetable.tests.factories import a_term

FOUR_WEEKS = NOW + WINDOW
BEGAN = date(2026, 10, 12)


def pupil(key, books, **fields):
    return Borrower(key=key, books=books, fields=fields)


def test_r11_who_hardly_borrows_gets_the_keen_reader_of_the_same_fields():
    class_ = [
        pupil(1, 9, I28=9),
        pupil(2, 8, Q95=8),
        pupil(3, 0, Q95=1),
        pupil(4, 0),
        pupil(5, 1, K82=1),
        pupil(6, 6, I28=6),
    ]
    found = suggest(class_)
    pairs = {(one.reader.key, one.guide.key): one.interests for one in found.pairs}
    assert pairs == {
        (3, 2): Interests.NEAR,
        (4, 1): Interests.UNKNOWN,
    }, "1 of 4 is no less than a quarter of the mean"
    assert {one.key for one in suggest(class_, taken={1, 3, 6}).left} == set()
    assert [one.key for one in suggest(class_, taken={1, 2}).left] == [3]


def test_r11_where_nobody_borrows_nobody_is_suggested():
    assert suggest([]) == suggest([pupil(1, 0), pupil(2, 0)])
    assert not suggest([pupil(1, 3), pupil(2, 3)]).pairs
    assert suggest([pupil(1, 2), pupil(2, 0)]) == suggest([]), "two books make no keen reader"


def counts(before, after, *, rest=(20, 20), days=(20, 20)):
    return Counts(
        own_before=before,
        own_after=after,
        rest_before=rest[0],
        rest_after=rest[1],
        rest_pupils=10,
        open_before=days[0],
        open_after=days[1],
    )


TOLD = [
    (counts(1, 4), Telling.MORE),
    (counts(1, 4, rest=(20, 60)), Telling.AS_BEFORE),
    (counts(4, 3, rest=(40, 10)), Telling.AS_BEFORE),
    (counts(0, 2), Telling.TOO_FEW),
    (counts(0, 0), Telling.STILL_NONE),
    (counts(0, 0, rest=(0, 0)), Telling.TOO_FEW),
    (counts(0, 9, days=(3, 20)), Telling.CLOSED_TOO_LONG),
    (None, Telling.FORGOTTEN),
]


@pytest.mark.parametrize(("counted", "telling"), TOLD)
def test_r11_what_came_of_a_pair_is_told_only_where_it_can_be(counted, telling):
    known = {"from_on": BEGAN, "counts": counted}
    assert effect(**known, until_on=None, today=BEGAN + WINDOW).telling is telling
    early = effect(**known, until_on=None, today=BEGAN + WINDOW - timedelta(days=1))
    assert (early.telling, early.counts) == (Telling.NOT_YET, None)
    ended = effect(**known, until_on=BEGAN, today=BEGAN + WINDOW)
    assert ended.telling is Telling.ENDED_EARLY


@pytest.fixture
def library(db):
    """Three pupils this autumn; the first has borrowed three books, the others none."""
    made = a_library(copies=9)
    with scope(school=made.school):
        a_term(made.school)
        for copy in range(3):
            lent(made, copy, 0, TODAY - timedelta(days=3))
        yield made


def lent(library, copy, pupil, on):
    loan = library.lend(copy, pupil, confirmed=EVERYTHING)
    library.take_back(copy)
    Loan.objects.filter(pk=loan.pk).update(lent_on=on, lent_at=NOW, returned_on=on, returned_at=NOW)


EVERYTHING = frozenset(Reason)


def seen(library, today=TODAY):
    return queries.see_class_pairs(library.school_class, today)


def paired(library, guide=0, reader=1):
    return actions.confirm_pair(
        school_class=library.school_class,
        guide=library.pupils[guide],
        reader=library.pupils[reader],
        by=library.librarian,
        now=NOW,
    )


def test_r11_a_pair_is_suggested_confirmed_changed_and_ended(library):
    (one,) = seen(library).suggested
    assert (one.guide.reader.name, one.guide.books, one.reader.books) == ("学生1", 3, 0)
    assert [line.reader.name for line in seen(library).left] == ["学生3"]
    pair = paired(library)
    assert seen(library).suggested == ()
    assert [line.suggested for line in queries.see_pairs(library.school, TODAY)] == [0]
    new = actions.change_pair(pair=pair, guide=library.pupils[2], by=library.librarian, now=NOW)
    (standing,), (ended,) = seen(library).standing, seen(library).ended
    assert (standing.pair, ended.pair.pk) == (new, pair.pk)
    assert [line.reader.name for line in seen(library).alone] == ["学生1"]
    actions.end_pair(pair=new, by=library.librarian, now=NOW)
    assert Entry.objects.filter(verb__startswith="programmes.").count() == 3
    assert not Pair.objects.standing().exists()


def test_r11_what_can_be_no_pair_is_refused_and_nothing_is_written(library):
    pair = paired(library)
    elsewhere = a_reader(library.school, school_class=a_class(library.school, grade=4, number=1))
    library.pupils.append(elsewhere)
    for guide, reader, reason in (
        (2, 2, Refusal.PAIR_OF_ONE),
        (2, 1, Refusal.HAS_PAIR),
        (1, 2, Refusal.HAS_PAIR),
        (2, 3, Refusal.NOT_IN_CLASS),
    ):
        with pytest.raises(ProgrammeRefused) as refused:
            paired(library, guide, reader)
        assert refused.value.reason is reason
    with pytest.raises(ProgrammeRefused):
        actions.change_pair(pair=pair, guide=elsewhere, by=library.librarian, now=NOW)
    assert list(Pair.objects.standing()) == [pair], "a change that is refused ends nothing"
    actions.end_pair(pair=pair, by=library.librarian, now=NOW)
    with pytest.raises(ProgrammeRefused):
        actions.end_pair(pair=pair, by=library.librarian, now=NOW)


def test_r11_the_effect_is_counted_before_the_loans_lose_their_names(library):
    pair, later = paired(library), paired_later(library)
    for copy, days in ((3, -5), (4, 2), (5, 9), (6, 16)):
        lent(library, copy, 1, TODAY + timedelta(days=days))
    lent(library, 7, 0, TODAY + timedelta(days=28))
    (line,) = seen(library, FOUR_WEEKS.date()).standing
    told = line.effect
    assert told.counts
    assert (told.telling, told.counts.own_before, told.counts.own_after) == (Telling.MORE, 1, 3)
    assert (told.counts.rest_before, told.counts.rest_after, told.counts.rest_pupils) == (3, 0, 2)
    before = date(2027, 1, 22)
    assert queries.to_forget(library.school, before)["pairs"] == 2
    facts = {"school": library.school, "before": before, "now": NOW + timedelta(days=92)}
    actions.forget(**facts)
    circulation.forget(**facts)
    assert not Loan.objects.filter(lent_on__lte=before, reader__isnull=False).exists()
    pair.refresh_from_db()
    assert (pair.guide, pair.reader, pair.until_on) == (None, None, date(2027, 2, 23))
    kept = queries.effects_of(library.school, [pair], before)[pair.pk]
    assert kept == told
    later.refresh_from_db()
    assert later.reader is None


def paired_later(library):
    """Another pair in another class, of whose loans nothing is known any more."""
    school_class = a_class(library.school, grade=4, number=1)
    guide, reader = (a_reader(library.school, name, school_class=school_class) for name in "甲乙")
    by = an_account(library.school, Role.LIBRARIAN)
    return actions.confirm_pair(
        school_class=school_class, guide=guide, reader=reader, by=by, now=NOW
    )


def test_r11_loans_without_names_are_said_to_be_no_longer_known(library):
    paired(library)
    Loan.objects.filter(lent_on__lt=TODAY).update(reader=None)
    (line,) = seen(library, FOUR_WEEKS.date()).standing
    assert line.effect.telling is Telling.FORGOTTEN


def test_r11_the_pages_cost_a_fixed_number_of_statements(library, django_assert_max_num_queries):
    with django_assert_max_num_queries(30) as one:
        seen(library, FOUR_WEEKS.date())
        queries.see_pairs(library.school, FOUR_WEEKS.date())
    paired(library), paired_later(library)
    seen(library, FOUR_WEEKS.date())
    with django_assert_max_num_queries(len(one) + 4):
        seen(library, FOUR_WEEKS.date())
        queries.see_pairs(library.school, FOUR_WEEKS.date())
