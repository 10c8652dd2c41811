"""Holds and their queue; undo and what rests on an act."""

from datetime import timedelta

import pytest

from shuxiang.catalogue.models import Copy, Standing
from shuxiang.circulation import actions
from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.rules import HoldReason, Reason, UndoReason
from shuxiang.circulation.tests.factories import NOW, TODAY
from shuxiang.platform.audit.models import Entry

DAY = timedelta(days=1)


def standing(library, copy=0):
    return Copy.objects.get(pk=library.copies[copy].pk).standing


def last():
    return Entry.objects.latest("pk")


def undo_refusal(library, entry):
    with pytest.raises(actions.UndoRefused) as refused:
        library.undo(entry)
    return refused.value.reason


def test_a_returned_book_goes_to_the_hold_shelf_for_the_first_who_waits(library):
    library.lend(pupil=0)
    library.place_hold(pupil=1)
    library.place_hold(pupil=2, now=NOW + timedelta(minutes=1))
    library.take_back(now=NOW + DAY)
    hold = Hold.objects.get(state="ready")
    assert (hold.reader, hold.place, hold.copy) == (library.pupils[1], 1, library.copies[0])
    assert hold.fetch_by is not None
    assert hold.fetch_by > TODAY
    assert standing(library) == Standing.SET_ASIDE


def test_a_held_copy_is_lent_to_the_reader_who_waited_and_not_lightly_to_another(library):
    library.lend(pupil=0)
    library.place_hold(pupil=1)
    library.take_back()
    with pytest.raises(actions.LoanRefused) as refused:
        library.lend(pupil=2)
    assert [o.reason for o in refused.value.objections] == [Reason.COPY_HELD_FOR_ANOTHER]
    library.lend(pupil=1)
    assert Hold.objects.get().state == "filled"


def test_passing_over_a_hold_sends_it_back_to_the_head_of_the_queue(library):
    library.lend(pupil=0)
    library.place_hold(pupil=1)
    library.take_back()
    library.lend(pupil=2, confirmed={Reason.COPY_HELD_FOR_ANOTHER})
    hold = Hold.objects.get()
    assert (hold.state, hold.copy, hold.place) == ("waiting", None, None)


def test_a_hold_that_nobody_fetches_goes_to_the_next(library):
    library.lend(pupil=0)
    library.place_hold(pupil=1)
    library.place_hold(pupil=2, now=NOW + timedelta(minutes=1))
    library.take_back()
    assert actions.expire_holds(school=library.school, now=NOW + 30 * DAY) == 1
    states = list(Hold.objects.order_by("placed_at").values_list("state", flat=True))
    assert states == ["expired", "ready"]


def test_a_cancelled_hold_frees_its_copy(library):
    library.lend(pupil=0)
    library.place_hold(pupil=1)
    library.take_back()
    actions.cancel_hold(hold=Hold.objects.get(), by=library.librarian, now=NOW)
    assert standing(library) == Standing.TO_BE_SHELVED
    with pytest.raises(actions.HoldClosed):
        actions.cancel_hold(hold=Hold.objects.get(), by=library.librarian, now=NOW)


def test_no_hold_on_what_is_on_the_shelf(library):
    with pytest.raises(actions.HoldRefused) as refused:
        library.place_hold(pupil=1)
    assert refused.value.reasons == (HoldReason.COPY_IS_IN,)


def test_undo_of_a_loan_puts_everything_back_and_counts_nowhere(library):
    library.lend()
    library.undo(last())
    assert standing(library) == Standing.ON_SHELF
    assert Loan.objects.on_hand().count() == 0
    assert Loan.objects.counted().count() == 0
    assert Loan.objects.count() == 1


def test_undo_of_a_return_opens_the_same_loan_again(library):
    loan = library.lend()
    library.undo(library.take_back())
    assert Loan.objects.on_hand().get() == loan
    assert standing(library) == Standing.ON_SHELF


def test_undo_of_a_return_takes_the_copy_off_the_hold_shelf(library):
    library.lend(pupil=0)
    library.place_hold(pupil=1)
    library.undo(library.take_back())
    assert Hold.objects.get().state == "waiting"


def test_undo_of_a_loan_gives_the_hold_back(library):
    library.lend(pupil=0)
    library.place_hold(pupil=1)
    library.take_back()
    library.lend(pupil=1)
    library.undo(last())
    hold = Hold.objects.get()
    assert (hold.state, hold.place, standing(library)) == ("ready", 1, Standing.SET_ASIDE)


def test_undo_of_a_renewal_gives_the_old_day_back(library):
    loan = library.lend()
    due = loan.due_on
    later = library.act(NOW + 5 * DAY)
    library.undo(actions.renew(reader=library.pupils[0], loans=[loan], act=later), NOW + 5 * DAY)
    loan.refresh_from_db()
    assert (loan.due_on, loan.renewals, loan.renewed_at) == (due, 0, None)


def test_an_act_is_undone_once(library):
    library.lend()
    lent = last()
    library.undo(lent)
    assert undo_refusal(library, lent) is UndoReason.UNDONE_BEFORE


def test_undo_asked_twice_with_one_number_is_one_undo(library):
    library.lend()
    lent = last()
    first = library.undo(lent, nonce="u1", content="u")
    assert library.undo(lent, nonce="u1", content="u") == first


def test_an_act_on_which_another_rests_says_which(library):
    loan = library.lend()
    lent = last()
    actions.renew(reader=library.pupils[0], loans=[loan], act=library.act(NOW + 5 * DAY))
    assert undo_refusal(library, lent) is UndoReason.RENEWED_SINCE
    back = library.take_back(now=NOW + 6 * DAY)
    assert undo_refusal(library, lent) is UndoReason.RETURNED_SINCE
    library.lend(pupil=1, now=NOW + 6 * DAY)
    assert undo_refusal(library, back) is UndoReason.LENT_SINCE


def test_undo_itself_cannot_be_undone(library):
    library.lend()
    assert undo_refusal(library, library.undo(last())) is UndoReason.NOT_AN_ACT
