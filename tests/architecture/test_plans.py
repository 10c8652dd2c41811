"""`docs/plans.md` counts the tests of each row, and claims nothing that no test holds."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (R\d\d) \|.*\| (whole|begun|to come) \| (\d+) \|$", re.MULTILINE)
NAMED = re.compile(r"^\s*(?:async )?def test((?:_r\d\d)+)_", re.MULTILINE)


def rows():
    return {row: (state, int(count)) for row, state, count in ROW.findall(_plans())}


def _plans():
    return (ROOT / "docs" / "plans.md").read_text(encoding="utf-8")


def named_tests():
    found: Counter[str] = Counter()
    for folder in ("src", "tests"):
        for path in (ROOT / folder).rglob("test_*.py"):
            for names in NAMED.findall(path.read_text(encoding="utf-8")):
                found.update(names.upper().split("_")[1:])
    return found


def test_the_sixty_rows_are_there():
    assert sorted(rows()) == [f"R{number:02}" for number in range(1, 61)]


def test_each_row_counts_its_tests():
    tests = named_tests()
    assert {row: count for row, (_, count) in rows().items()} == {row: tests[row] for row in rows()}


def test_no_row_is_claimed_without_a_test():
    claimed = [row for row, (state, count) in rows().items() if state == "whole" and not count]
    assert claimed == []
