from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django_scopes import scope

from shuxiang.platform.accounts import pins, rules
from shuxiang.platform.accounts.actions import change_own_pin
from shuxiang.platform.accounts.models import Account, PinTries
from shuxiang.platform.accounts.pins import OwnPinUnfit, PinRests, SignsInOtherwise, try_pin
from shuxiang.platform.accounts.queries import see_accounts
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.accounts.tests.moment import NOW
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.actions import create_school

RIGHT, WRONG = "380417", "380418"


@pytest.fixture(scope="session")
def made():
    return pins.MadePin(pin=RIGHT, kept=make_password(RIGHT, hasher="pin_argon2"))


@pytest.fixture
def pupils(school, made):
    new = [pins.NewPupil(username=f"card.{n}", name=f"学生{n}", made=made) for n in (1, 2)]
    return list(pins.enter_pupils(school=school, pupils=new, now=NOW).values())


def tried(school, account, pin=WRONG, *, after=0.0, key=None):
    now = NOW + timedelta(minutes=after)
    key = key or rules.key_of_account(account.pk)
    return try_pin(school=school, account=account, key=key, pin=pin, now=now)


@pytest.mark.parametrize(
    ("pin", "is_fit"),
    [
        ("380417", True),
        ("38041", False),
        ("3804170", False),
        ("38041a", False),
        ("３８０４１７", False),
        ("777777", False),
        ("123456", False),
        ("987654", False),
        ("112211", False),
        ("374374", False),
        ("240317", False),
    ],
)
def test_an_own_pin_is_six_digits_that_classmates_do_not_try_first(pin, is_fit):
    assert rules.is_own_pin(pin, known=["20240317"]) is is_fit


def test_drawn_pins_are_fit_and_differ():
    drawn = [rules.new_pin() for _ in range(200)]
    assert all(map(rules.is_own_pin, drawn))
    assert len(set(drawn)) > 190


def test_the_right_pin_opens_and_what_is_kept_of_it_tells_nothing(school, pupils):
    assert tried(school, pupils[0], RIGHT)
    assert not tried(school, pupils[0], WRONG)
    assert pupils[0].pin.startswith("pin_argon2$")
    assert RIGHT not in pupils[0].pin


def test_after_ten_wrong_pins_the_right_one_waits_a_quarter_of_an_hour(school, pupils):
    for _ in range(10):
        assert not tried(school, pupils[0])
    with pytest.raises(PinRests) as rests:
        tried(school, pupils[0], RIGHT, after=14.9)
    assert rests.value.until == NOW + timedelta(minutes=15)
    assert tried(school, pupils[0], RIGHT, after=15)


def test_ten_wrong_pins_keep_nobody_else_out(school, pupils):
    for _ in range(10):
        tried(school, pupils[0])
    assert tried(school, pupils[1], RIGHT)


def test_signing_in_oneself_gives_nobody_else_new_guesses(school, pupils):
    for _ in range(10):
        tried(school, pupils[0])
    tried(school, pupils[1], RIGHT)
    with pytest.raises(PinRests):
        tried(school, pupils[0])


def test_no_quarter_of_an_hour_holds_more_than_ten_guesses(school, pupils):
    guesses = []
    for step in range(80):
        try:
            tried(school, pupils[0], after=step)
            guesses.append(step)
        except PinRests:
            continue
    assert max(sum(start <= g < start + 15 for g in guesses) for start in range(80)) == 10


def test_a_card_that_nobody_has_is_braked_alike(school):
    for _ in range(10):
        assert not tried(school, None, key="card 99")
    with pytest.raises(PinRests):
        tried(school, None, key="card 99")


def test_counts_that_rested_are_forgotten(school, pupils):
    tried(school, pupils[0])
    tried(school, pupils[1], after=16)
    assert [count.key for count in PinTries.objects.all()] == [rules.key_of_account(pupils[1].pk)]


def test_ten_wrong_pins_are_written_down_once_without_the_pin(school, pupils):
    for _ in range(12):
        try:
            tried(school, pupils[0])
        except PinRests:
            continue
    (entry,) = Entry.objects.filter(verb="accounts.try_pin")
    assert (entry.subject_id, entry.details) == (pupils[0].pk, {"tries": 10})


def test_a_pin_opens_no_account_that_may_do_more_than_a_pupil(school, pupils, made, admin):
    pupils[0].held_roles.create(role=Role.HELPER)
    Account.objects.filter(pk=admin.pk).update(pin=made.kept)
    for account in (Account.objects.get(pk=pupils[0].pk), Account.objects.get(pk=admin.pk)):
        assert not tried(school, account, RIGHT)


def test_an_account_out_of_use_stays_shut(school, pupils):
    pupils[0].is_active = False
    assert not tried(school, pupils[0], RIGHT)


def test_another_pin_ends_the_rest_and_signs_out(school, pupils, made):
    before = pupils[0].get_session_auth_hash()
    for _ in range(10):
        tried(school, pupils[0])
    pins.replace_pins([(pupils[0], made)])
    fresh = Account.objects.get(pk=pupils[0].pk)
    assert tried(school, fresh, RIGHT)
    assert fresh.get_session_auth_hash() != before
    assert fresh.must_change_password


def test_a_pupil_chooses_a_pin_and_the_one_from_the_slip_is_over(school, pupils):
    account = change_own_pin(account=pupils[0], pin="905138", known=[], now=NOW)
    assert not account.must_change_password
    assert account.get_session_auth_hash() != pupils[0].get_session_auth_hash()
    assert not tried(school, account, RIGHT)
    assert tried(school, account, "905138")


@pytest.mark.parametrize("pin", [RIGHT, "123456", "200117"])
def test_a_pin_that_is_known_or_guessed_is_refused(pupils, pin):
    with pytest.raises(OwnPinUnfit):
        change_own_pin(account=pupils[0], pin=pin, known=["2001170"], now=NOW)
    assert Account.objects.get(pk=pupils[0].pk).must_change_password


def test_whoever_has_a_password_has_no_such_pin(admin):
    with pytest.raises(SignsInOtherwise):
        change_own_pin(account=admin, pin="905138", known=[], now=NOW)


@pytest.mark.django_db(transaction=True)
def test_guesses_sent_all_at_once_are_ten_and_no_more(made):
    school = create_school(name="青禾小学", by=None, now=NOW)
    with scope(school=school):
        new = pins.NewPupil(username="card/1", name="学生", made=made)
        (account,) = pins.enter_pupils(school=school, pupils=[new], now=NOW).values()
    barrier, looked_at = Barrier(30), []

    def guess():
        try:
            with scope(school=school):
                barrier.wait()
                looked_at.append(tried(school, account))
        except PinRests:
            pass
        finally:
            connection.close()

    threads = [Thread(target=guess) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert looked_at == [False] * 10


def test_the_list_of_accounts_is_not_drowned_in_pupils(school, pupils, admin):
    assert list(see_accounts(school)) == [admin]
    assert set(see_accounts(school, "学生")) == set(pupils)
