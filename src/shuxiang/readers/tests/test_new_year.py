"""A new school year by the school's own list: one act, and back as a whole."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import serializers

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.numbers.models import Barcode
from shuxiang.readers import actions
from shuxiang.readers.models import Membership, Reader, SchoolClass
from shuxiang.readers.queries import class_of
from shuxiang.readers.queries.new_year import year_plan
from shuxiang.readers.rules.new_year import Entry, Listed, Present, Step, Unclear, plan_year
from shuxiang.readers.tests.factories import NOW, TODAY, a_class, a_reader, an_account

THREE_TWO, THREE_ONE, FOUR = (
    Entry("primary", 2024, "2"),
    Entry("primary", 2024, "1"),
    Entry("primary", 2023, "1"),
)
KEPT: tuple[Any, ...] = (Reader, Membership, SchoolClass, Account)


def listed(name, entry=THREE_TWO, *, place=2, **more):
    return Listed(place=place, name=name, entry=entry, **more)


def present(pk, name, entry=THREE_TWO, **more):
    return Present(pk=pk, name=name, entry=entry, **more)


def steps(lines):
    return [
        (line.step, (line.listed or line.present).name, line.present and line.present.pk)
        for line in lines
    ]


def test_a_new_pupil_who_stands_twice_in_a_class_is_unclear_without_a_number():
    other = Entry(THREE_TWO.stage, THREE_TWO.cohort, "9")
    rows = [listed("王一"), listed("王一"), listed("李二", number="1"), listed("李二", number="2")]
    rows += [listed("赵三"), listed("赵三", other)]
    found = plan_year(rows, [], leaving=[])
    unclear, new = (
        (Step.UNCLEAR, "王一", None),
        [(Step.NEW, n, None) for n in ["李二", "李二", "赵三", "赵三"]],
    )
    assert steps(found) == [unclear, unclear, *new]


def test_r28_each_pupil_goes_the_way_that_the_list_says():
    before = [
        present(1, "林书言"),
        present(2, "陈雨"),
        present(3, "周敏"),
        present(4, "何 苗", THREE_ONE),
        present(5, "方圆", Entry("primary", 2020, "1")),
    ]
    after = [
        listed("林书言"),
        listed("陈雨", THREE_ONE),
        listed("何苗", Entry("primary", 2025, "1")),
        listed("新来", Entry("primary", 2026, "1")),
        listed("跳级", FOUR),
    ]
    before.append(present(6, "跳级"))
    assert steps(plan_year(after, before, leaving={("primary", 2020)})) == [
        (Step.UP, "林书言", 1),
        (Step.DIVIDED, "陈雨", 2),
        (Step.REPEATS, "何苗", 4),
        (Step.NEW, "新来", None),
        (Step.SKIPS, "跳级", 6),
        (Step.LEAVES, "周敏", 3),
        (Step.GRADUATES, "方圆", 5),
    ]


def test_nobody_leaves_because_a_name_is_unclear_or_a_grade_is_not_in_the_list():
    before = [
        present(1, "王伟", number="01"),
        present(2, "王伟", number="02"),
        present(3, "李娜", FOUR),
        present(4, "看不清"),
    ]
    lines = plan_year([listed("王伟")], before, leaving=(), unread=["看不清"])
    assert [(line.step, line.why) for line in lines] == [(Step.UNCLEAR, Unclear.SEVERAL_OF_NAME)]


def test_who_has_no_number_is_not_taken_for_a_row_that_says_nothing():
    before = [present(1, "李娜"), present(2, "王伟", number="02")]
    lines = plan_year([listed("新来")], before, leaving=(), unread=["*", "02"])
    assert steps(lines) == [(Step.NEW, "新来", None), (Step.LEAVES, "李娜", 1)]


def test_a_number_says_more_than_a_name():
    before = [present(1, "王伟", number="01"), present(2, "王伟", THREE_ONE, number="02")]
    after = [listed("王伟", THREE_ONE, number="01"), listed("王伟", THREE_TWO, number="02")]
    assert steps(plan_year(after, before, leaving=())) == [
        (Step.DIVIDED, "王伟", 1),
        (Step.DIVIDED, "王伟", 2),
    ]
    (wrong,) = plan_year([listed("李娜", number="01")], before[:1], leaving=())
    assert (wrong.step, wrong.why) == (Step.UNCLEAR, Unclear.NUMBER_OF_ANOTHER)
    (other, *_) = plan_year([listed("王伟", number="03")], before[:1], leaving=())
    assert other.step == Step.NEW


def test_r28_who_left_comes_back_by_number_or_card_and_name_never_by_name_alone():
    gone = {"entry": None, "is_former": True}
    former = [
        present(7, "林书言", number="07", **gone),
        present(8, "陈雨", card="R8", **gone),
        present(9, "周敏", number="09", **gone),
        present(10, "方圆", number="10", **gone),
    ]
    after = [
        listed("林 书言", number="07"),
        listed("陈雨", card="R8"),
        listed("周敏"),
        listed("别人", number="10"),
    ]
    assert steps(plan_year(after, [], leaving=(), former=former)) == [
        (Step.RETURNS, "林 书言", 7),
        (Step.RETURNS, "陈雨", 8),
        (Step.NEW, "周敏", None),
        (Step.NEW, "别人", None),
    ]
    here = [present(1, "林书言", number="07")]
    assert steps(plan_year(after[:1], here, leaving=(), former=former)) == [(Step.UP, "林 书言", 1)]


@pytest.fixture
def last_year(school):
    """Pupils as they stand before the list of 2027 comes."""
    third, second = a_class(school, 3, 2), a_class(school, 3, 1)
    sixth = a_class(school, 6, 1)
    for name, school_class, number in (
        ("林书言", third, "01"),
        ("陈雨", third, "02"),
        ("何苗", second, "03"),
        ("方圆", sixth, "04"),
    ):
        a_reader(school, name, school_class=school_class, number=number, card=f"7{number}", seat=1)
    return third, second, sixth


@pytest.fixture
def year(school, librarian, last_year):
    """The list of 2027: 陈雨 into the other class, 何苗 gone, one new pupil in a new class."""
    rows = [
        listed("林书言", number="01", place=2),
        listed("陈雨", THREE_ONE, number="02", seat=8, place=3),
        listed("新同学", Entry("primary", 2027, "1"), number="05", card="705", place=4),
    ]
    return actions.bring_year(
        school=school,
        first_year=2027,
        file="2027.xlsx",
        listed=rows,
        unread=[],
        by=librarian,
        now=NOW,
    )


def begin(year, librarian, now=NOW):
    return actions.begin_year(year=year, shown=year_plan(year).stamp, by=librarian, now=now)


def everything(school):
    rows = [
        serializers.serialize("python", model.objects.filter(school=school).order_by("pk"))
        for model in KEPT
    ]
    cards = Barcode.objects.filter(school=school, retired_at=None).order_by("code")
    return rows, list(cards.values_list("code", "kind"))


def test_r28_one_act_moves_the_school_up_and_one_takes_it_back(school, librarian, year):
    reader = Reader.objects.get(number="04")
    reader.account = an_account(school, Role.PUPIL, name="方圆")
    reader.save()
    before = everything(school)
    done = begin(year, librarian)
    assert done.counts == {
        "up": 1, "divided": 1, "repeats": 0, "skips": 0, "returns": 0,
        "new": 1, "graduates": 1, "leaves": 1, "unclear": 0,
    }  # fmt: skip
    by_name = {one.name: one for one in Reader.objects.all()}
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    assert str(class_of(by_name["陈雨"], TODAY)) == "2024级1班"
    assert str(class_of(by_name["陈雨"], yesterday)) == "2024级2班"
    assert by_name["陈雨"].seat == 8
    assert str(class_of(by_name["新同学"], TODAY)) == "2027级1班"
    assert (by_name["方圆"].left_on, class_of(by_name["方圆"], tomorrow)) == (TODAY, None)
    assert not Account.objects.get(pk=reader.account.pk).is_active
    assert done.listed == []
    assert begin(done, librarian).trace == done.trace
    actions.undo_year(year=done, by=librarian, now=NOW)
    assert everything(school) == before
    with pytest.raises(actions.YearNotLast):
        actions.undo_year(year=done, by=librarian, now=NOW)


@pytest.mark.parametrize(("has_new_owner", "card"), [(False, "709"), (True, "")])
def test_r28_who_left_comes_back_with_the_own_history_card_and_account(
    school, librarian, last_year, has_new_owner, card
):
    asked = {"by": librarian, "now": NOW}
    gone = a_reader(school, "归来", school_class=last_year[0], number="09", card="709", seat=3)
    gone.account = an_account(school, Role.PUPIL, name="归来")
    gone.save()
    actions.leave(reader=gone, on=TODAY - timedelta(days=1), **asked)
    rows = [listed("归来", THREE_ONE, number="09", seat=5)]
    if has_new_owner:
        a_reader(school, "新主人", card="709", school_class=last_year[0])
        rows.append(listed("新主人", place=3))
    year = actions.bring_year(
        school=school, first_year=2026, file="2026.xlsx", listed=rows, unread=[], **asked
    )
    before = everything(school)
    done = begin(year, librarian)

    gone.refresh_from_db()
    gone.account.refresh_from_db()
    assert (gone.left_on, gone.seat, gone.card, gone.account.is_active) == (None, 5, card, True)
    assert (str(class_of(gone, TODAY)), done.counts["returns"]) == ("2024级1班", 1)
    assert Reader.objects.filter(name="归来").count() == 1
    cards = Barcode.objects.filter(code="709", retired_at=None, kind=Barcode.Kind.READER)
    assert cards.count() == 1
    actions.undo_year(year=done, **asked)
    assert everything(school) == before


def test_who_came_back_and_left_again_keeps_the_year(school, librarian, last_year):
    asked = {"by": librarian, "now": NOW}
    gone = a_reader(school, "归来", school_class=last_year[0], number="09")
    actions.leave(reader=gone, on=TODAY - timedelta(days=1), **asked)
    rows = [listed("归来", number="09")]
    year = actions.bring_year(
        school=school, first_year=2026, file="2026.xlsx", listed=rows, unread=[], **asked
    )
    done = begin(year, librarian)
    gone.refresh_from_db()
    actions.leave(reader=gone, on=TODAY, **asked)
    with pytest.raises(actions.YearRests) as rests:
        actions.undo_year(year=done, **asked)
    assert gone.pk in rests.value.readers


def test_what_was_not_looked_at_is_not_carried_out(school, librarian, year):
    shown = year_plan(year).stamp
    a_reader(school, "后来", school_class=SchoolClass.objects.get(cohort=2024, number=2))
    with pytest.raises(actions.YearNotAsShown):
        actions.begin_year(year=year, shown=shown, by=librarian, now=NOW)
    assert Reader.objects.filter(left_on=None).count() == 5


def test_a_year_on_which_something_rests_is_not_taken_back(school, librarian, year):
    done = begin(year, librarian)
    new = Reader.objects.get(name="新同学")
    actions.restrict(reader=new, why="书脏了", from_on=TODAY, until_on=None, by=librarian, now=NOW)
    with pytest.raises(actions.YearRests) as rests:
        actions.undo_year(year=done, by=librarian, now=NOW)
    assert rests.value.readers == {new.pk}
    assert Reader.objects.get(name="方圆").left_on == TODAY


def test_r28_with_whom_something_was_done_since_stays_and_all_others_are_set_back(
    school, librarian, year
):
    asked = {"by": librarian, "now": NOW}
    a_reader(
        school, "又一个", school_class=SchoolClass.objects.get(cohort=2024, number=2), number="06"
    )
    before = everything(school)
    done = begin(year, librarian)
    new, gone, moved = (Reader.objects.get(name=one) for one in ("新同学", "方圆", "陈雨"))
    actions.restrict(reader=new, why="书脏了", from_on=TODAY, until_on=None, **asked)
    actions.leave(reader=moved, on=TODAY, **asked)
    other = SchoolClass.objects.get(cohort=2024, number=1)
    actions.come_back(reader=gone, school_class=other, on=TODAY, **asked)
    stay = {new.pk, gone.pk, moved.pk}
    since = everything(school)

    for named in ((), {new.pk, gone.pk}):
        with pytest.raises(actions.YearRests) as rests:
            actions.undo_year(year=done, apart_from=named, **asked)
        assert rests.value.readers == stay
    actions.undo_year(year=done, apart_from=stay, **asked)

    after = everything(school)
    assert about(stay, after) == about(stay, since)
    everybody = set(Reader.objects.values_list("pk", flat=True))
    assert about(everybody - stay, after) == about(everybody - stay, before)


def about(keys, rows):
    """Keep what is told of some readers."""
    (readers, stays, _, _), cards = rows
    theirs = [one for one in readers if one["pk"] in keys]
    numbers = {one["fields"]["card"] for one in theirs}
    return (
        theirs,
        [one for one in stays if one["fields"]["reader"] in keys],
        [card for card in cards if card[0] in numbers],
    )


def test_a_new_pupil_who_was_moved_by_hand_since_is_not_removed_unsaid(school, librarian, year):
    done = begin(year, librarian)
    new = Reader.objects.get(name="新同学")
    other = SchoolClass.objects.get(cohort=2024, number=1)
    actions.move_to_class(reader=new, school_class=other, on=TODAY, by=librarian, now=NOW)
    with pytest.raises(actions.YearRests) as rests:
        actions.undo_year(year=done, by=librarian, now=NOW)
    assert rests.value.readers == {new.pk}


def test_a_pupil_who_came_and_has_an_account_is_not_removed_with_it_left_behind(
    school, librarian, year
):
    done = begin(year, librarian)
    new = Reader.objects.get(name="新同学")
    new.account = an_account(school, Role.PUPIL, name="新同学")
    new.save()
    with pytest.raises(actions.YearRests) as rests:
        actions.undo_year(year=done, by=librarian, now=NOW)
    assert rests.value.readers == {new.pk}


def test_a_card_that_names_somebody_else_by_now_keeps_the_year(school, librarian, year):
    done = begin(year, librarian)
    a_reader(school, "别人", card="704", joined_on=date(2026, 11, 23))
    with pytest.raises(actions.CardTaken):
        actions.undo_year(year=done, by=librarian, now=NOW)
    assert Reader.objects.get(name="方圆").left_on == TODAY
    assert Reader.objects.filter(name="新同学").exists()
