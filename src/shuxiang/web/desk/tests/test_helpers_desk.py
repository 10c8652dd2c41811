"""A pupil at the desk: lends and returns, and learns no more of others than that needs."""

from __future__ import annotations

import re

import pytest

from shuxiang.circulation.models import Loan
from shuxiang.platform.audit.models import Entry
from shuxiang.web.desk.tests.conftest import page_of
from shuxiang.web.desk.tests.factories import NOW, PIN, without_label


@pytest.fixture
def refused(library, helpers_desk):
    library.lend(library.copies[0], library.other)
    library.lend(library.copies[1], library.other)
    return helpers_desk.scan("00018003", library.other)


def allow(desk, library, approver, secret, *, why="班主任同意", **more):
    return desk.scan(
        "00018003",
        library.other,
        confirmed="limit_reached",
        why=why,
        approver=str(approver.pk),
        password=secret,
        **more,
    )


def test_a_helper_lends_and_takes_back(library, helpers_desk):
    assert helpers_desk.scan("00018001", library.other).what == "circulation.lend"
    assert helpers_desk.scan("00018001", mode="returns").what == "circulation.take_back"


def test_a_helper_sees_numbers_and_no_titles_that_are_out(library, helpers_desk):
    library.lend(library.copies[0], library.other)
    library.hold(library.copies[0].holding, library.pupils[0])
    card = helpers_desk.scan("R90001")
    assert "已借 1 册，上限 2 册" in card.panel
    assert "城南旧事" not in card.html
    assert "本学期" not in card.panel


def test_the_librarian_sees_the_portrait_at_the_desk_and_no_helper_does(
    library, desk, helpers_desk
):
    picture = f"/office/readers/{library.pupils[0].pk}/photo/?"
    card = library.pupils[0].card
    assert picture not in desk.scan(card).html
    library.photograph(0)
    assert picture in desk.scan(card).html
    assert picture in desk.scan("00018001", library.pupils[0]).html
    helped = helpers_desk.scan(card)
    assert (helped.what, picture in helped.html) == ("show_reader", False)
    assert picture not in helpers_desk.scan("00018002", library.pupils[0]).html


def test_a_helper_learns_that_somebody_waits_and_not_who(library, helpers_desk):
    library.lend(library.copies[0], library.pupils[0])
    library.hold(library.copies[0].holding, library.other)
    back = helpers_desk.scan("00018001")
    assert "放预约架 1 格" in back.rows
    assert "林书言" not in back.html
    assert "安若溪" not in back.html, "nor who brought it back"


def test_a_helper_is_not_told_who_has_a_title_out(library, helpers_desk):
    copies = without_label(library.school, "猜猜我有多爱你", "9787533254261", 2)
    library.lend(copies[0], library.pupils[0], NOW)
    library.lend(copies[1], library.pupils[1], NOW)
    asked = helpers_desk.scan("9787533254261")
    assert "请先扫来还书的人的读者证" in asked.rows
    assert "安若溪" not in asked.html


def test_a_helper_cannot_pass_an_objection_alone(library, helpers_desk, refused):
    assert "请图书馆老师放行" in refused.rows
    alone = helpers_desk.scan("00018003", library.other, confirmed="limit_reached", why="我说的")
    assert (alone.what, Loan.objects.count()) == ("loan_refused", 2)


@pytest.mark.parametrize("secret", [PIN, "kite-over-the-river"])
def test_a_librarian_allows_one_act_and_the_audit_has_both_names(
    library, helpers_desk, refused, secret
):
    passed = allow(helpers_desk, library, library.librarian, secret)
    assert "周敏放行：班主任同意" in passed.rows
    entry = Entry.objects.get(pk=passed.act)
    assert (entry.by, entry.approved_by) == (library.helper, library.librarian)
    assert helpers_desk.scan("00018004", library.other).what == "loan_refused"


def test_a_wrong_pin_lends_nothing_and_is_told(library, helpers_desk, refused):
    wrong = allow(helpers_desk, library, library.librarian, "0000")
    assert "PIN 码或密码不对，没有借出" in wrong.rows
    assert Loan.objects.count() == 2


@pytest.mark.parametrize(("why", "pressed"), [("班主任同意", "班主任同意"), ("朗诵要用", "其他")])
def test_a_wrong_pin_leaves_the_reason_as_it_was_chosen(
    library, helpers_desk, refused, why, pressed
):
    wrong = allow(helpers_desk, library, library.librarian, "0000", why=why)
    (chosen,) = re.findall(r'aria-pressed="true"[^>]*>.*?</button>', wrong.html, re.DOTALL)
    assert pressed in chosen
    assert (f'value="{why}"' in wrong.html) == (pressed == "其他")


def test_pins_are_not_guessed(library, helpers_desk, refused):
    for guess in range(10):
        allow(helpers_desk, library, library.librarian, f"{guess:04}")
    locked = allow(helpers_desk, library, library.librarian, PIN)
    assert locked.status == 429
    assert "PIN 码错得太多次" in locked.rows
    assert Loan.objects.count() == 2


def test_a_helper_or_a_teacher_may_not_allow_it(library, helpers_desk, refused):
    for person in (library.helper, library.teacher):
        answer = allow(helpers_desk, library, person, "kite-over-the-river")
        assert "不能放行" in answer.rows
    assert Loan.objects.count() == 2


def test_a_pin_is_kept_nowhere(library, helpers_desk, refused):
    from axes.models import AccessAttempt

    allow(helpers_desk, library, library.librarian, "13571357")
    kept = " ".join(AccessAttempt.objects.values_list("post_data", flat=True))
    assert "13571357" not in kept
    assert kept


@pytest.mark.parametrize("where", ["hold", "book", "clock"])
def test_a_helper_has_no_key_for_the_librarians_acts(library, helpers_desk, where):
    assert helpers_desk.post(where, reader=str(library.other.pk)).status == 403


def test_a_helper_prints_no_slip(library, helpers_desk):
    assert helpers_desk.client.get(f"/desk/slip/{library.other.pk}/").status_code == 403


def test_the_rows_of_whoever_was_here_before_are_not_shown(library, desk, helpers_desk, clock):
    desk.scan("00018001", library.other)
    clock.shift(60)
    assert "城南旧事" not in page_of(library.helper).see()


def test_a_pupil_and_a_class_teacher_have_no_desk(library):
    assert page_of(library.teacher).client.get("/desk/").status_code == 403
