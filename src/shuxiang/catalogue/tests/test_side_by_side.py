"""Several people take books in at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django_scopes import scope

from shuxiang.catalogue import actions, queries
from shuxiang.catalogue.models import Copy, Holding
from shuxiang.catalogue.rules import NewCopy
from shuxiang.catalogue.tests.factories import NOW, a_school, a_title, an_accession


@pytest.mark.django_db(transaction=True)
def test_no_number_is_given_twice_when_four_take_in_at_once():
    school = a_school()
    with scope(school=school):
        accession = an_accession(school)

    def take_in(person: int) -> None:
        try:
            with scope(school=school):
                for book in range(5):
                    new = NewCopy(title=a_title(f"书{person}-{book}", author=f"作者{person}"))
                    actions.take_in(accession=accession, copies=[new] * 2, by=None, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        list(people.map(take_in, range(4)))
    with scope(school=school):
        assert Copy.objects.values("accession_number").distinct().count() == 40
        numbers = Holding.objects.values_list("book_number", flat=True)
        assert sorted(map(int, numbers)) == list(range(1, 21))
        assert queries.broken_invariants(school) == []
