"""Turns are swapped with the word of both; who came is scanned or ticked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shuxiang.circulation.tests.factories import NOW, TODAY, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.actions import link_account
from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Duty, Swap
from shuxiang.student_librarians.rules import Refusal
from shuxiang.student_librarians.tests.factories import a_shift, refused

AT_NOON = NOW.replace(hour=4, minute=30)


@pytest.fixture
def two(library, posts, noon):
    """Two helpers who sign in, each with a turn on a day of their own."""
    accounts = []
    for post in posts[:2]:
        account = an_account(library.school, Role.HELPER)
        link_account(account=account, reader=post.reader, by=library.librarian, now=NOW)
        accounts.append(account)
    duties = [
        actions.give_duty(
            post=post, shift=shift, on=TODAY + timedelta(days=7 + day), by=accounts[0], now=NOW
        )
        for day, (post, shift) in enumerate(zip(posts, noon, strict=False))
    ]
    return accounts, duties


def owners(duties):
    return [Duty.objects.get(pk=one.pk).post_id for one in duties]


def test_r31_turns_are_swapped_only_when_the_other_agrees(library, posts, two):
    (one, other), (mine, yours) = two
    swap = actions.ask_swap(duty=mine, wanted=yours, by=one, now=NOW)
    assert owners([mine, yours]) == [posts[0].pk, posts[1].pk], "nothing before the answer"
    assert queries.swaps_of(posts[0]) == queries.swaps_of(posts[1]) == [swap], "both see it"
    twice = {"duty": mine, "wanted": yours, "by": one}
    assert refused(actions.ask_swap, **twice) == [Refusal.SWAP_WAITS]
    actions.answer_swap(swap=swap, agreed=True, by=other, now=NOW)
    assert owners([mine, yours]) == [posts[1].pk, posts[0].pk]
    again = {"swap": swap, "agreed": True, "by": other}
    assert refused(actions.answer_swap, **again) == [Refusal.SWAP_IS_DECIDED]


def test_r31_no_swap_with_oneself_nor_with_anothers_turn_nor_by_who_asked(
    library, posts, noon, two
):
    (one, other), (mine, yours) = two
    own = actions.give_duty(
        post=posts[0], shift=noon[1], on=TODAY + timedelta(days=15), by=one, now=NOW
    )
    assert refused(actions.ask_swap, duty=mine, wanted=own, by=one) == [Refusal.SWAP_WITH_ONESELF]
    assert refused(actions.ask_swap, duty=yours, wanted=mine, by=one) == [Refusal.NOT_YOUR_DUTY]
    with pytest.raises(IntegrityError), transaction.atomic():
        Swap.objects.create(
            school=library.school, duty=mine, wanted=own, by=posts[0], of=posts[0], asked_at=NOW
        )
    swap = actions.ask_swap(duty=mine, wanted=yours, by=one, now=NOW)
    withdrawn = actions.answer_swap(swap=swap, agreed=True, by=one, now=NOW)
    assert withdrawn.state == Swap.State.WITHDRAWN, "who asks cannot agree for the other"
    actions.say_unable(post=posts[1], shifts=[noon[0]], days=[], by=other, now=NOW)
    assert refused(actions.ask_swap, duty=mine, wanted=yours, by=one) == [Refusal.SAID_UNABLE]
    assert owners([mine, yours]) == [posts[0].pk, posts[1].pk]


def test_a_turn_that_has_ended_or_is_noted_is_swapped_no_more(library, posts, two):
    (one, other), (mine, yours) = two
    Duty.objects.filter(pk=mine.pk).update(on=TODAY)
    at_end, before = NOW.replace(hour=5), NOW.replace(hour=4, minute=59)
    asked, facts = {"duty": mine, "wanted": yours}, {"agreed": True, "by": other}
    with pytest.raises(HelperRefused) as late:
        actions.ask_swap(**asked, by=one, now=at_end)
    assert late.value.reasons == [Refusal.SWAP_TOO_LATE]
    facts["swap"] = actions.ask_swap(**asked, by=one, now=before)
    with pytest.raises(HelperRefused) as late:
        actions.answer_swap(**facts, now=at_end)
    assert late.value.reasons == [Refusal.SWAP_TOO_LATE]
    actions.come_to_duty(
        school=library.school, code=posts[0].reader.card, by=library.librarian, now=AT_NOON
    )
    assert refused(actions.answer_swap, **facts) == [Refusal.SWAP_TOO_LATE]
    assert owners([mine, yours]) == [posts[0].pk, posts[1].pk], "who came keeps the turn"


def test_r31_coming_is_noted_by_scan_once_and_by_tick(library, posts, noon):
    facts = {"school": library.school, "by": library.librarian}
    duties = [
        actions.give_duty(post=post, shift=noon[0], on=TODAY, by=library.librarian, now=NOW)
        for post in posts[:2]
    ]
    card = posts[0].reader.card
    assert refused(actions.come_to_duty, code="nobody", **facts) == [Refusal.CARD_UNKNOWN]
    idle = posts[3].reader.card
    assert refused(actions.come_to_duty, code=idle, **facts) == [Refusal.NOT_ON_DUTY_NOW]
    first = actions.come_to_duty(code=card, now=AT_NOON, **facts)
    later = actions.come_to_duty(code=card, now=AT_NOON + timedelta(hours=2), **facts)
    assert first.came_at == later.came_at == AT_NOON
    actions.tick_duties(on=TODAY, came=duties[:1], now=NOW, **facts)
    assert [Duty.objects.get(pk=one.pk).came for one in duties] == [True, False]
    full = {"post": posts[2], "shift": noon[0], "on": TODAY, "by": library.librarian}
    assert refused(actions.give_duty, **full) == [Refusal.SHIFT_IS_FULL]
    tomorrow = {**facts, "on": TODAY + timedelta(days=1), "came": []}
    assert refused(actions.tick_duties, **tomorrow) == [Refusal.DUTY_TO_COME]
    gone = {"duty": duties[0], "by": library.librarian}
    assert refused(actions.take_duty_away, **gone) == [Refusal.DUTY_IS_OVER]


@pytest.mark.parametrize(("before", "after"), [(9, 9), (11, 11)])
def test_a_scan_counts_some_minutes_around_the_turn_and_no_more(
    library, posts, noon, before, after
):
    facts = {"school": library.school, "by": library.librarian, "code": posts[0].reader.card}
    duty = actions.give_duty(post=posts[0], shift=noon[0], on=TODAY, by=library.librarian, now=NOW)
    early = AT_NOON.replace(minute=10) - timedelta(minutes=before)
    for moment in (early, NOW.replace(hour=5, minute=after)):
        Duty.objects.update(came=None, came_at=None)
        if before < 10:
            assert actions.come_to_duty(now=moment, **facts) == duty
        else:
            with pytest.raises(HelperRefused) as outside:
                actions.come_to_duty(now=moment, **facts)
            assert outside.value.reasons == [Refusal.NOT_AT_THIS_TIME]
            assert outside.value.objections[0].details["hours"] == "12:10–13:00"
            assert Duty.objects.get().came is None
    actions.end_post(post=posts[3], by=library.librarian, now=NOW)
    facts["code"] = posts[3].reader.card
    assert refused(actions.come_to_duty, **facts) == [Refusal.NOT_A_HELPER]


def test_r31_who_is_on_duty_costs_a_fixed_number_of_statements(
    library, posts, noon, django_assert_num_queries
):
    for count, post in enumerate(posts[:2], start=1):
        actions.give_duty(post=post, shift=noon[0], on=TODAY, by=library.librarian, now=NOW)
        with django_assert_num_queries(6):
            assert len(queries.on_duty(library.school, TODAY)) == count


def test_r35_a_turn_on_the_roster_opens_the_desk_outside_the_own_hours(library, posts, noon):
    account = an_account(library.school, Role.HELPER)
    link_account(account=account, reader=posts[0].reader, by=library.librarian, now=NOW)
    early = a_shift(library.school, weekday=2, now=NOW, name="周三")
    facts = {"post": posts[0], "by": library.librarian, "now": NOW}
    actions.change_post(work="desk", classes=[], shifts=[early], **facts)
    assert queries.rights_at_desk(account, AT_NOON).refusal == "not_your_hours"
    Duty.objects.create(school=library.school, post=posts[0], shift=noon[0], on=TODAY)
    assert queries.rights_at_desk(account, AT_NOON).refusal is None
