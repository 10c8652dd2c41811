"""A check of a large library ends: no question is asked of all rows for each row."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuxiang.clockwork.commands import check_data


@pytest.mark.sqlite("how SQLite looks for rows")
def test_nothing_is_looked_for_row_by_row_in_all_that_a_school_has(library):
    with CaptureQueriesContext(connection) as asked:
        list(check_data.everything())
    reads = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    assert len(reads) > 50
    assert [one for one in reads if reads_a_school_for_each_row(one)] == []


def reads_a_school_for_each_row(statement):
    """Tell whether a question within a question reads a table, or a school's rows, from end to end."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement.replace('%', '%%')}")
        steps = {key: (above, what) for key, above, _, what in cursor.fetchall()}

    def is_within(above):
        return above in steps and ("CORRELATED" in steps[above][1] or is_within(steps[above][0]))

    return any(
        is_within(above) and (what.startswith("SCAN") or what.endswith("(school_id=?)"))
        for above, what in steps.values()
    )
