"""Problems are carried from meeting to meeting; a term ends with a ranking that can be followed."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from shuxiang.circulation.tests.factories import NOW, TODAY, an_account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.schools.actions import change_settings
from shuxiang.readers.actions import link_account
from shuxiang.student_librarians import actions, queries
from shuxiang.student_librarians.actions import HelperRefused
from shuxiang.student_librarians.models import Post
from shuxiang.student_librarians.rules import Refusal, ranks, score
from shuxiang.student_librarians.tests.factories import a_shift, an_appointed_helper


@pytest.fixture
def posts(library):
    return [
        an_appointed_helper(reader, library.term, by=library.librarian, now=NOW)
        for reader in library.pupils[:3]
    ]


def a_meeting(library, on, **more):
    said = {"on": on, "starts_at": None, "place": "", "agenda": "乱架", "notes": "", **more}
    return actions.change_meeting(term=library.term, said=said, by=library.librarian, now=NOW)


def test_r34_an_open_problem_is_carried_to_the_next_meeting_until_it_is_settled(library, posts):
    facts = {"by": library.librarian, "now": NOW}
    first, second = a_meeting(library, TODAY - timedelta(days=21)), a_meeting(library, TODAY)
    kept = actions.raise_problem(meeting=first, text="绘本乱放", owner=posts[0], **facts)
    done = actions.raise_problem(meeting=first, text="标签脱落", owner=None, **facts)
    early = NOW - timedelta(days=3)
    actions.settle_problem(problem=done, how="补贴", by=library.librarian, now=early)
    assert queries.problems_at(second) == [kept]
    assert queries.problems_at(first) == [kept, done], "what was raised stays told"
    actions.settle_problem(problem=kept, how="重新排架", **facts)
    assert queries.problems_at(a_meeting(library, TODAY + timedelta(days=21))) == []
    with pytest.raises(HelperRefused) as again:
        actions.settle_problem(problem=kept, how="", **facts)
    assert again.value.reasons == [Refusal.PROBLEM_IS_SETTLED]


def test_r34_a_meeting_outside_the_term_is_not_written(library):
    with pytest.raises(HelperRefused) as refused:
        a_meeting(library, library.term.ends_on + timedelta(days=1))
    assert refused.value.reasons == [Refusal.MEETING_OUTSIDE_TERM]
    assert queries.see_meetings(library.term) == []


def test_r33_the_ranking_goes_by_turns_acts_and_mark_with_the_schools_weights(library, posts):
    facts = {"by": library.librarian, "now": NOW}
    shift = a_shift(library.school, starts_at=time(9), ends_at=time(12), now=NOW)
    account = an_account(library.school, Role.HELPER)
    link_account(account=account, reader=posts[0].reader, **facts)
    for post in posts[:2]:
        actions.give_duty(post=post, shift=shift, on=TODAY, **facts)
    actions.come_to_duty(school=library.school, code=posts[0].reader.card, **facts)
    came = [queries.own_duties(posts[0], TODAY)[0]]
    actions.tick_duties(school=library.school, on=TODAY, came=came, **facts)
    library.lend(0, 3, by=account)
    undone = library.lend(1, 3, by=account)
    library.take_back(0, by=account)
    library.undo(entry_of(undone))
    marks = {posts[0].pk: 80, posts[1].pk: 100, posts[2].pk: None}
    actions.judge_posts(term=library.term, marks=marks, awards={posts[0].pk: "star"}, **facts)
    judged = {one.post.pk: one for one in queries.evaluate(library.term, TODAY)}
    best, second, third = (judged[post.pk] for post in posts)
    assert (best.came, best.due, best.acts) == (1, 1, 2)
    assert best.score == round((100 * 40 + 100 * 30 + 80 * 30) / 100, 1)
    assert second.score == 30.0
    assert (third.score, third.rank) == (0.0, 3)
    assert (best.rank, second.rank, Post.objects.get(pk=posts[0].pk).award) == (1, 2, "star")
    weights = {queries.WEIGHTS: [0, 0, 100]}
    change_settings(school=library.school, changes=weights, **facts)
    assert queries.evaluate(library.term, TODAY)[0].post == posts[1]


def entry_of(loan):
    from shuxiang.platform.audit.models import Entry

    return Entry.objects.get(verb="circulation.lend", subject_id=loan.pk)


def test_r33_a_mark_that_is_none_changes_nothing(library, posts):
    facts = {"term": library.term, "awards": {}, "by": library.librarian, "now": NOW}
    with pytest.raises(HelperRefused) as refused:
        actions.judge_posts(marks={posts[0].pk: 90, posts[1].pk: 101}, **facts)
    assert refused.value.reasons == [Refusal.MARK_OUT_OF_RANGE]
    assert set(Post.objects.values_list("mark", flat=True)) == {None}


def test_r33_a_part_of_which_nothing_is_known_does_not_count():
    assert score([None, 50.0, 100], [40, 30, 30]) == 75.0
    assert score([None, None, None], [40, 30, 30]) is None
    assert ranks([75.0, None, 90.0, 75.0]) == [2, None, 1, 2]
