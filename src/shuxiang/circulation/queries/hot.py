"""The two statements that every scan needs, written by hand: the ORM takes longer to write them
than the database to answer. Their twins in the ORM stand in `tests/twins.py`, which compare them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

FACTS = """
SELECT m.school_class_id, c.stage, c.cohort, c.number, c.mark,
  (SELECT COUNT(*) FROM readers_restriction x
    WHERE x.reader_id = r.id AND x.lifted_on IS NULL AND x.from_on <= %s
      AND (x.until_on IS NULL OR x.until_on >= %s)),
  (SELECT COUNT(*) FROM circulation_loan l
    WHERE l.reader_id = r.id AND l.returned_at IS NULL AND l.kind = 'home'),
  (SELECT COUNT(*) FROM circulation_loan l
    WHERE l.reader_id = r.id AND l.returned_at IS NULL AND l.due_on < %s),
  (SELECT COUNT(*) FROM circulation_loan l JOIN catalogue_copy k ON k.id = l.copy_id
    WHERE l.reader_id = r.id AND l.returned_at IS NULL AND k.holding_id = %s),
  (SELECT COUNT(*) FROM circulation_loan l
    WHERE l.school_id = r.school_id AND l.copy_id = %s AND l.returned_at IS NULL),
  (SELECT COUNT(*) FROM circulation_hold h
    WHERE h.school_id = r.school_id AND h.holding_id = %s AND h.state IN ('waiting', 'ready'))
FROM readers_reader r
LEFT JOIN readers_membership m ON m.reader_id = r.id
  AND m.from_on <= %s AND (m.until_on IS NULL OR m.until_on >= %s)
LEFT JOIN readers_schoolclass c ON c.id = m.school_class_id
WHERE r.school_id = %s AND r.id = %s
"""

CLOCK = """
SELECT (SELECT e.at FROM audit_entry e WHERE e.school_id = %s ORDER BY e.id DESC LIMIT 1) > %s
"""


@dataclass(frozen=True, kw_only=True)
class HotFacts:
    """What a loan must know of its reader and copy on a day, in counts."""

    school_class: int | None
    stage: str
    cohort: int
    number: int
    mark: str
    restrictions: int
    at_home: int
    overdue: int
    same_title: int
    copy_out: int
    holds: int
    """Open holds on the title, of whomever."""


def facts(school: int, *, reader: int, copy: int, holding: int, day: date) -> HotFacts:
    """Count what speaks for and against a loan, in one statement."""
    ask = connection.ops.adapt_datefield_value(day)
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [ask, ask, ask, holding, copy, holding, ask, ask, school, reader])
        row = cursor.fetchone()
    return HotFacts(
        school_class=row[0],
        stage=row[1] or "",
        cohort=row[2] or 0,
        number=row[3] or 0,
        mark=row[4] or "",
        restrictions=row[5],
        at_home=row[6],
        overdue=row[7],
        same_title=row[8],
        copy_out=row[9],
        holds=row[10],
    )


def is_later_than(school: int, moment: datetime) -> bool:
    """Tell whether the last entry in the audit was written later than a moment."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCK, [school, connection.ops.adapt_datetimefield_value(moment)])
        return bool(cursor.fetchone()[0])
