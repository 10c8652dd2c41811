"""Faults are counted as one would by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuxiang.catalogue.rules.ranking import faults

LETTERS = st.text("红楼梦西", max_size=12)


def by_hand(typed: str, text: str) -> int:
    """Fill in the table of what was typed against every place of a text, row by row."""
    rows = [[0] * (len(text) + 1)]
    for at, char in enumerate(typed, start=1):
        row = [at]
        for column, other in enumerate(text, start=1):
            cost = min(rows[-1][column] + 1, row[-1] + 1, rows[-1][column - 1] + (char != other))
            if at > 1 < column and char == text[column - 2] and typed[at - 2] == other:
                cost = min(cost, rows[-2][column - 2] + 1)
            row.append(cost)
        rows.append(row)
    return min(rows[-1])


@given(typed=LETTERS.filter(bool), text=LETTERS)
def test_faults_are_counted_as_by_hand(typed, text):
    assert faults(typed, text) == by_hand(typed, text)
