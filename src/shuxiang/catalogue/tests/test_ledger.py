"""Whatever is done to the stock, in whatever order: the registers equal the shelves, the index the catalogue."""

from __future__ import annotations

from itertools import count

import pytest
from django_scopes import scope
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shuxiang.catalogue import actions, queries
from shuxiang.catalogue.models import Copy, Holding, Posting
from shuxiang.catalogue.queries.filing import wrongly_filed
from shuxiang.catalogue.rules import NewCopy, Tally
from shuxiang.catalogue.tests.factories import (
    NOW,
    TODAY,
    a_school,
    a_title,
    an_accession,
    take_in,
    with_isbn,
)

CLASSES = ("I247.5", "I287.8", "K825", "TP312", "", "绘")
PRICES = st.none() | st.integers(0, 50_000)
ISBNS = ("9787500794202", "9787020002207")
names = st.sampled_from("甲乙丙丁戊己")
picks = st.integers(0, 10_000)


class Books(RuleBasedStateMachine):
    """A school that takes in, re-classes, re-prices and withdraws; a plain sum beside it."""

    @initialize()
    def open_the_books(self) -> None:
        self.school = a_school()
        self._scope = scope(school=self.school)
        self._scope.__enter__()
        self.accession = an_accession(self.school)
        self.labels = map("B{}".format, count())

    def teardown(self) -> None:
        if hasattr(self, "_scope"):
            broken = queries.broken_invariants(self.school)
            self._scope.__exit__(None, None, None)
            assert broken == []

    def _one(self, pick: int) -> Copy:
        there = Copy.objects.on_the_books().order_by("pk")
        return there[pick % there.count()]

    def _has_copies(self) -> bool:
        return Copy.objects.on_the_books().exists()

    @rule(
        incoming=st.lists(
            st.tuples(names, st.sampled_from(CLASSES), PRICES, st.booleans()),
            min_size=1,
            max_size=4,
        )
    )
    def take_in(self, incoming) -> None:
        actions.take_in(
            accession=self.accession,
            copies=[
                NewCopy(
                    title=a_title(name, clc=clc),
                    price_fen=fen,
                    barcode=next(self.labels) if labelled else "",
                )
                for name, clc, fen, labelled in incoming
            ],
            by=None,
            now=NOW,
        )

    @precondition(_has_copies)
    @rule(pick=picks, fen=PRICES)
    def reprice(self, pick, fen) -> None:
        actions.change_copy(copy=self._one(pick), changes={"price_fen": fen}, by=None, now=NOW)

    @precondition(_has_copies)
    @rule(pick=picks, clc=st.sampled_from(CLASSES[:5]))
    def reclass(self, pick, clc) -> None:
        holding = Holding.objects.get(pk=self._one(pick).holding_id)
        actions.change_holding(holding=holding, changes={"clc": clc}, by=None, now=NOW)

    @precondition(_has_copies)
    @rule(pick=picks, name=names, author=st.sampled_from(("曹雪芹", "单田芳", "")))
    def retitle(self, pick, name, author) -> None:
        holding = Holding.objects.get(pk=self._one(pick).holding_id)
        changes = {"name": f"{name}传", "author": author}
        actions.change_title(holding=holding, changes=changes, by=None, now=NOW)

    @rule(incoming=st.lists(names, min_size=1, max_size=3), isbn=st.sampled_from(ISBNS))
    def another_school_takes_in(self, incoming, isbn) -> None:
        """It shares titles with the first, and may know an ISBN that nobody knew."""
        other = a_school("另一所学校")
        with scope(school=other):
            take_in(other, *(NewCopy(title=a_title(n, numbers=with_isbn(isbn))) for n in incoming))
            assert wrongly_filed(other).count == 0

    @rule()
    def take_the_delivery_back(self) -> None:
        actions.take_accession_back(accession=self.accession, now=NOW)
        self.accession = an_accession(self.school)

    @precondition(_has_copies)
    @rule(pick=st.lists(picks, min_size=1, max_size=3))
    def withdraw(self, pick) -> None:
        going = [self._one(one) for one in pick]
        actions.withdraw(copies=going, reason="outdated", withdrawn_on=TODAY, by=None, now=NOW)

    @invariant()
    def the_index_equals_the_catalogue(self) -> None:
        assert wrongly_filed(self.school).count == 0

    @invariant()
    def the_registers_equal_the_shelves(self) -> None:
        posted, there = Tally(), Tally()
        for letter, copies, fen in Posting.objects.values_list("clc", "copies", "money_fen"):
            posted.add(letter, copies, fen)
        for copy in Copy.objects.on_the_books():
            there.add(copy.posted_class, 1, copy.price_fen or 0)
        assert posted.total == there.total
        for letter, counted in posted.by_class.items():
            assert counted == there.by_class.get(letter, type(counted)())


@pytest.mark.django_db
def test_r24_any_sequence_of_acts_keeps_the_books_balanced_and_the_index_equal():
    Books.TestCase.settings = settings(
        max_examples=15,
        stateful_step_count=10,
        deadline=None,
        phases=[Phase.generate],  # ten steps tell enough; making them fewer takes minutes
        suppress_health_check=list(HealthCheck),
    )
    Books.TestCase().runTest()
