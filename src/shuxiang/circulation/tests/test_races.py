"""Desks that act in the same moment: the database says the last word, on both engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from threading import Barrier, Thread

import pytest
from django.db import connection
from django_scopes import scope

from shuxiang.circulation import actions
from shuxiang.circulation.models import Loan
from shuxiang.circulation.tests.factories import NOW, Library, a_library
from shuxiang.platform.audit.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
DESKS = 100


def all_at_once(library: Library, acts: Sequence[Callable[[], object]]) -> Counter[str]:
    """Let every act begin in the same moment, each in a thread with its own connection."""
    barrier = Barrier(len(acts))
    answers: list[str] = []

    def one(act: Callable[[], object]) -> None:
        try:
            with scope(school=library.school):
                barrier.wait()
                act()
                answers.append("done")
        except actions.LoanRefused as refused:
            answers.append(refused.objections[-1].reason.value)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(answers)


def test_a_hundred_desks_lend_one_copy_and_one_of_them_wins():
    library = a_library(pupils=4)
    acts = [lambda n=n: library.lend(copy=0, pupil=n % 4) for n in range(DESKS)]
    assert all_at_once(library, acts) == {"done": 1, "copy_on_loan": DESKS - 1}
    with scope(school=library.school):
        assert Loan.objects.count() == 1


def test_r03_two_desks_do_not_pass_one_readers_limit():
    library = a_library(copies=20)
    acts = [lambda n=n: library.lend(copy=n, pupil=0) for n in range(20)]
    assert all_at_once(library, acts) == {"done": 2, "limit_reached": 18}


def test_r56_one_act_sent_many_times_at_once_happens_once():
    library = a_library()
    acts = [lambda: library.lend(nonce="n1", content="c") for _ in range(20)]
    assert all_at_once(library, acts) == {"done": 20}
    with scope(school=library.school):
        assert Entry.objects.filter(verb="circulation.lend").count() == 1


def test_two_returns_at_once_are_one_return_and_one_note():
    library = a_library()
    with scope(school=library.school):
        library.lend()
    acts = [lambda: library.take_back(now=NOW) for _ in range(10)]
    assert all_at_once(library, acts) == {"done": 10}
    with scope(school=library.school):
        noted = Entry.objects.filter(verb="circulation.take_back", details__notes=["not_on_loan"])
        assert (noted.count(), Loan.objects.on_hand().count()) == (9, 0)
