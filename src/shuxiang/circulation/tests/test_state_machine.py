"""Any sequence of desk acts, with replays, against a model that a child could keep on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from shuxiang.catalogue.actions import withdraw
from shuxiang.catalogue.models import Copy, Standing
from shuxiang.circulation import actions
from shuxiang.circulation.actions.undoing import UNDO
from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.queries import broken_invariants
from shuxiang.circulation.tests.factories import NOW, Library
from shuxiang.platform.audit.models import Entry

COPIES = st.integers(0, 3)
PUPILS = st.integers(0, 2)
LIMIT = 2


class Desk(RuleBasedStateMachine):
    library: Library

    @initialize()
    def open_the_day(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.minutes = count()
        self.holder: dict[int, int] = {}
        self.waiting: dict[int, list[int]] = {n: [] for n in range(4)}
        self.gone: set[int] = set()
        self.replays: list[tuple[Callable[[], Entry], Entry]] = []

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            assert broken_invariants(self.library.school) == []
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def act(self):
        n = next(self.minutes)
        return self.library.act(NOW + timedelta(minutes=n), nonce=f"n{n}", content="c")

    def do(self, action: Callable[..., Entry], **kwargs) -> Entry:
        entry = action(**kwargs)
        self.replays.append((lambda: action(**kwargs), entry))
        return entry

    @rule(copy=COPIES, pupil=PUPILS)
    def lend(self, copy: int, pupil: int) -> None:
        others_first = [p for p in self.waiting[copy][:1] if p != pupil]
        in_queue = self.waiting[copy] and pupil not in self.waiting[copy][:1]
        expected = (
            copy not in self.holder
            and copy not in self.gone
            and sum(1 for p in self.holder.values() if p == pupil) < LIMIT
            and not (others_first or in_queue)
        )
        try:
            self.do(
                actions.lend,
                copy=self.library.copies[copy],
                reader=self.library.pupils[pupil],
                act=self.act(),
            )
        except actions.LoanRefused:
            lent = False
        else:
            lent = True
        assert lent is expected
        if lent:
            self.holder[copy] = pupil
            if pupil in self.waiting[copy]:
                self.waiting[copy].remove(pupil)

    @rule(copy=COPIES)
    def take_back(self, copy: int) -> None:
        self.do(actions.take_back, copy=self.library.copies[copy], act=self.act())
        self.holder.pop(copy, None)

    @rule(copy=COPIES, pupil=PUPILS)
    def hold(self, copy: int, pupil: int) -> None:
        try:
            self.do(
                actions.place_hold,
                holding=self.library.copies[copy].holding,
                reader=self.library.pupils[pupil],
                act=self.act(),
            )
        except actions.HoldRefused:
            return
        assert copy in self.holder or self.waiting[copy]
        self.waiting[copy].append(pupil)

    @rule(copy=COPIES)
    def renew(self, copy: int) -> None:
        loan = Loan.objects.on_hand().filter(copy=self.library.copies[copy]).first()
        if loan is None:
            return
        try:
            self.do(actions.renew, reader=loan.borrower, loans=[loan], act=self.act())
        except actions.RenewalRefused:
            return
        assert not self.waiting[copy]

    @rule()
    def undo_the_last(self) -> None:
        entry = Entry.objects.filter(undone_by=None, verb__in=list(UNDO)).order_by("pk").last()
        if entry is None:
            return
        before = dict(self.holder)
        keys = [copy.pk for copy in self.library.copies]
        copy = keys.index(entry.details["copy"]) if "copy" in entry.details else 0
        try:
            self.do(actions.undo, entry=entry, act=self.act())
        except actions.UndoRefused:
            assert copy in self.gone
            return
        was = entry.details.get("was")  # a renewal and a hold leave the copy where it is
        assert copy not in self.gone or was in (None, Standing.WITHDRAWN)
        if entry.verb == "circulation.lend":
            pupil = self.holder.pop(copy)
            if entry.details["hold"]:
                self.waiting[copy].insert(0, pupil)
        elif entry.verb == "circulation.take_back" and entry.subject_label == Loan._meta.label:
            loan = Loan.objects.get(pk=entry.subject_id or 0)
            self.holder[copy] = [p.pk for p in self.library.pupils].index(loan.borrower.pk)
        elif entry.verb == "circulation.place_hold":
            hold = Hold.objects.get(pk=entry.subject_id or 0)
            holdings = [c.holding_id for c in self.library.copies]
            pupil = [p.pk for p in self.library.pupils].index(hold.reader_id or 0)
            self.waiting[holdings.index(hold.holding_id)].remove(pupil)
        else:
            assert self.holder == before

    @rule(copy=COPIES)
    def withdraw(self, copy: int) -> None:
        if copy in self.holder or copy in self.gone or self.waiting[copy]:
            return
        n = next(self.minutes)
        withdraw(
            copies=[Copy.objects.get(pk=self.library.copies[copy].pk)],
            reason="outdated",
            withdrawn_on=NOW.date(),
            by=self.library.librarian,
            now=NOW + timedelta(minutes=n),
        )
        self.gone.add(copy)

    @rule(which=st.integers(0, 30))
    def replay(self, which: int) -> None:
        if not self.replays:
            return
        again, first = self.replays[which % len(self.replays)]
        count_before = Entry.objects.count()
        assert again() == first
        assert Entry.objects.count() == count_before

    @invariant()
    def the_books_agree(self) -> None:
        if not hasattr(self, "holder"):
            return
        library = self.library
        out = dict(Loan.objects.on_hand().values_list("copy", "reader"))
        model = {library.copies[c].pk: library.pupils[p].pk for c, p in self.holder.items()}
        assert out == model
        ready = set(Hold.objects.filter(state="ready").values_list("copy", flat=True))
        aside = Copy.objects.filter(standing=Standing.SET_ASIDE).values_list("pk", flat=True)
        assert ready == set(aside)


def test_r56_any_sequence_of_acts_agrees_with_a_model_kept_on_paper(library):
    class OwnDesk(Desk):
        pass

    OwnDesk.library = library
    run_state_machine_as_test(
        OwnDesk,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
