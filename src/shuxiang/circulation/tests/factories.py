"""A small library to test with; everything comes in through actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from shuxiang.catalogue.models import Copy
from shuxiang.catalogue.tests.factories import a_copy, a_title
from shuxiang.circulation import actions
from shuxiang.circulation.models import Loan
from shuxiang.circulation.rules import Reason
from shuxiang.platform.accounts.actions import add_account
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.actions import create_school
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Membership, Reader, SchoolClass

NOW = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
"""Monday 23 November 2026, 10:20 in Shanghai."""
TODAY = date(2026, 11, 23)
_running = count(1)


@dataclass
class Library:
    """A school with a librarian and a helper, a class of pupils and some books."""

    school: School
    librarian: Account
    helper: Account
    school_class: SchoolClass
    pupils: list[Reader]
    copies: list[Copy]
    nonces: count[int] = field(default_factory=lambda: count(1))

    def act(self, now: datetime = NOW, **facts: object) -> Act:
        whole = {"by": self.librarian, "place": "1", **facts}
        return Act(now=now, **whole)  # type: ignore[arg-type]

    def lend(self, copy: int = 0, pupil: int = 0, now: datetime = NOW, **facts: object) -> Loan:
        confirmed = facts.pop("confirmed", frozenset[Reason]())
        in_room = facts.pop("in_room", False)
        entry = actions.lend(
            copy=self.copies[copy],
            reader=self.pupils[pupil],
            act=self.act(now, **facts),
            confirmed=confirmed,  # type: ignore[arg-type]
            in_room=in_room,  # type: ignore[arg-type]
        )
        return Loan.objects.get(pk=entry.subject_id or 0)

    def lend_late(self, copy: int = 0, pupil: int = 0, days: int = 16) -> Loan:
        """Lend a book that was due so many days ago."""
        loan = self.lend(copy, pupil, confirmed=frozenset(Reason))
        loan.lent_at, loan.due_on = NOW - timedelta(days=14 + days), TODAY - timedelta(days=days)
        loan.lent_on = loan.lent_at.date()
        loan.save(update_fields=["lent_at", "lent_on", "due_on"])
        return loan

    def take_back(self, copy: int = 0, now: datetime = NOW, **facts: object) -> Entry:
        return actions.take_back(copy=self.copies[copy], act=self.act(now, **facts))

    def place_hold(self, copy: int = 0, pupil: int = 1, now: datetime = NOW) -> Entry:
        return actions.place_hold(
            holding=self.copies[copy].holding, reader=self.pupils[pupil], act=self.act(now)
        )

    def undo(self, entry: Entry, now: datetime = NOW, **facts: object) -> Entry:
        return actions.undo(entry=entry, act=self.act(now, **facts))


def an_account(school: School, role: Role) -> Account:
    """Add an account of a role."""
    return add_account(
        school=school,
        username=f"{role}-{next(_running)}",
        name=str(role),
        roles=[role],
        password="kite-over-the-river",
        by=None,
        now=NOW - timedelta(days=90),
    ).account


def a_pupil(school: School, school_class: SchoolClass, seat: int) -> Reader:
    """Enrol a pupil with a card."""
    reader: Reader = Reader.objects.create(
        school=school,
        name=f"学生{seat}",
        number=f"{seat:05}",
        card=f"R{seat:05}",
        seat=seat,
        joined_on=date(2024, 9, 1),
    )
    Membership.objects.create(
        school=school, reader=reader, school_class=school_class, from_on=date(2024, 9, 1)
    )
    return reader


def a_library(*, pupils: int = 3, copies: int = 4) -> Library:
    """Set a library up; the caller opens the school's scope with `library_scope`."""
    from django_scopes import scope

    school = create_school(name="石桥小学", by=None, now=NOW - timedelta(days=90))
    with scope(school=school):
        school_class = SchoolClass.objects.create(
            school=school, stage="primary", cohort=2024, number=2, mark="2"
        )
        rows: list[dict[str, object]] = [
            {"category": "pupil", "max_loans": 2, "loan_days": 14},
            {"category": "teacher", "max_loans": 10, "loan_days": 60},
        ]
        for row in rows:
            actions.change_terms(school=school, row=row, by=None, now=NOW - timedelta(days=90))
        return Library(
            school=school,
            librarian=an_account(school, Role.LIBRARIAN),
            helper=an_account(school, Role.HELPER),
            school_class=school_class,
            pupils=[a_pupil(school, school_class, seat) for seat in range(1, pupils + 1)],
            copies=[
                a_copy(school, a_title(f"书{n}"), barcode=f"B{n:05}") for n in range(1, copies + 1)
            ],
        )
