from datetime import timedelta

import pytest
from django_scopes import scope

from shuxiang.platform.accounts import pins as account_pins
from shuxiang.platform.accounts.actions import UsernameUnfit, add_account, change_own_pin
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.pins import PinRests
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers import actions
from shuxiang.readers.actions import give_pins, sign_in_by_card
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import SIGN_IN, pin_standings, reader_of
from shuxiang.readers.rules import PinStanding
from shuxiang.readers.tests.factories import NOW, a_class, a_reader, a_school, an_account

MINE = "905138"


@pytest.fixture
def school(db):
    school = a_school()
    with scope(school=school):
        turn(school, True)
        yield school


def turn(school, on):
    change_settings(school=school, changes={SIGN_IN: on}, by=None, now=NOW)


@pytest.fixture
def zhou(school):
    return an_account(school)


@pytest.fixture
def pupils(school):
    school_class = a_class(school)
    return [
        a_reader(school, name, card=f"R{at}", number=f"20240{at}", school_class=school_class)
        for at, name in enumerate(["林书言", "陈小满", "何文"], 1)
    ]


def given(school, zhou, readers, *, nonce="", now=NOW):
    return give_pins(
        school=school, readers=readers, act=Act(by=zhou, now=now, nonce=nonce, content="all")
    )


def entered(school, card, pin, *, now=NOW):
    return sign_in_by_card(school=school, card=card, pin=pin, now=now)


def standing(reader):
    (found,) = pin_standings([Reader.objects.get(pk=reader.pk)]).values()
    return found


def test_r05_a_class_gets_its_pins_at_once_and_each_opens_its_own_reader(school, zhou, pupils):
    slips = given(school, zhou, pupils)
    assert [slip.reader.name for slip in slips] == ["林书言", "陈小满", "何文"]
    for slip in slips:
        assert reader_of(entered(school, slip.card, slip.pin)) == slip.reader


def test_nothing_that_is_kept_tells_a_pin(school, zhou, pupils):
    (slip, *_) = given(school, zhou, pupils)
    entry = Entry.objects.get(verb="readers.give_pins")
    kept = str(list(Account.objects.values())) + str(entry.details)
    assert slip.pin not in kept
    assert sorted(entry.details["readers"]) == sorted(one.pk for one in pupils)


def test_a_number_signs_in_as_well_as_a_card_and_both_share_one_count(school, zhou, pupils):
    (slip,) = given(school, zhou, pupils[:1])
    assert entered(school, "202401", slip.pin)
    for card in ["R1", "202401"] * 5:
        with pytest.raises(actions.WrongPin):
            entered(school, card, MINE)
    for card in ("R1", "202401"):
        with pytest.raises(PinRests):
            entered(school, card, slip.pin)


def test_ten_wrong_pins_keep_no_classmate_out(school, zhou, pupils):
    first, second, _ = given(school, zhou, pupils)
    for _ in range(10):
        with pytest.raises(actions.WrongPin):
            entered(school, first.card, MINE)
    assert entered(school, second.card, second.pin)
    with pytest.raises(PinRests):
        entered(school, first.card, first.pin)


def test_a_new_slip_ends_the_one_before_and_the_rest(school, zhou, pupils):
    (old,) = given(school, zhou, pupils[:1])
    for _ in range(10):
        with pytest.raises(actions.WrongPin):
            entered(school, old.card, MINE)
    (new,) = given(school, zhou, pupils[:1])
    with pytest.raises(actions.WrongPin):
        entered(school, old.card, old.pin)
    assert entered(school, new.card, new.pin).must_change_password


def test_pins_are_given_once_however_often_it_is_asked(school, zhou, pupils):
    slips = given(school, zhou, pupils, nonce="n1")
    with pytest.raises(actions.PinsGivenBefore):
        given(school, zhou, pupils, nonce="n1")
    assert entered(school, slips[0].card, slips[0].pin)


def test_it_is_told_how_far_each_is(school, zhou, pupils):
    assert standing(pupils[0]) is PinStanding.NONE
    (slip,) = given(school, zhou, pupils[:1])
    assert standing(pupils[0]) is PinStanding.GIVEN
    change_own_pin(account=entered(school, slip.card, slip.pin), pin=MINE, known=[], now=NOW)
    assert standing(pupils[0]) is PinStanding.OWN


def test_whoever_helps_at_the_desk_gets_no_pin(school, zhou, pupils):
    helper = an_account(school, Role.HELPER)
    actions.link_account(account=helper, reader=pupils[0], by=zhou, now=NOW)
    assert standing(pupils[0]) is PinStanding.HAS_POST
    with pytest.raises(actions.NobodyForPins):
        given(school, zhou, pupils[:1])


def test_teachers_and_pupils_without_a_card_get_none(school, zhou):
    teacher = a_reader(school, "周敏", category="teacher", card="T1")
    cardless = a_reader(school, "新同学")
    assert standing(teacher) is PinStanding.NO_PUPIL
    assert standing(cardless) is PinStanding.NO_CARD
    with pytest.raises(actions.NobodyForPins):
        given(school, zhou, [teacher, cardless])


def test_a_pin_takes_the_place_of_a_pupils_password(school, zhou, pupils):
    issued = actions.open_account(reader=pupils[0], username="linshuyan", by=zhou, now=NOW)
    assert standing(pupils[0]) is PinStanding.BY_PASSWORD
    (slip,) = given(school, zhou, pupils[:1])
    account = entered(school, slip.card, slip.pin)
    assert account == issued.account
    assert not account.check_password(issued.password)


def test_while_it_is_off_nothing_opens_and_nothing_is_given(school, zhou, pupils):
    (slip,) = given(school, zhou, pupils[:1])
    turn(school, False)
    with pytest.raises(actions.SignInOff):
        entered(school, slip.card, slip.pin)
    with pytest.raises(actions.SignInOff):
        given(school, zhou, pupils)


def test_whoever_left_is_as_unknown_as_a_card_that_nobody_has(school, zhou, pupils):
    (slip,) = given(school, zhou, pupils[:1])
    tomorrow = NOW + timedelta(days=1)
    actions.leave(reader=pupils[0], on=tomorrow.date(), by=zhou, now=tomorrow)
    for card, pin in ((slip.card, slip.pin), ("NOBODY", slip.pin), ("9" * 60, slip.pin)):
        with pytest.raises(actions.WrongPin):
            entered(school, card, pin, now=tomorrow)


def test_a_card_of_another_school_opens_nothing_here(school, zhou, pupils):
    (slip,) = given(school, zhou, pupils[:1])
    other = a_school("松风小学")
    with scope(school=other):
        turn(other, True)
        with pytest.raises(actions.WrongPin):
            entered(other, slip.card, slip.pin)


def test_a_class_of_forty_costs_a_fixed_number_of_statements(
    school, zhou, monkeypatch, django_assert_max_num_queries
):
    made = account_pins.make_pin()
    monkeypatch.setattr(actions.pins, "make_pin", lambda: made)
    pupils = [a_reader(school, f"学生{at}", card=f"K{at}") for at in range(40)]
    with django_assert_max_num_queries(14):
        given(school, zhou, pupils)
    with django_assert_max_num_queries(14):
        given(school, zhou, pupils)


def test_no_user_name_that_somebody_chose_stands_in_the_way(school, zhou, pupils):
    (slip,) = given(school, zhou, pupils[:1])
    username = entered(school, slip.card, slip.pin).username
    with pytest.raises(UsernameUnfit):
        add_account(
            school=school, username=username, name="先来的", roles=[Role.PUPIL], by=None, now=NOW
        )
