"""Enter planned readers, through the readers' own actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shuxiang.interop.excel.plan_file import Line
from shuxiang.interop.excel.readers import ClassKey, ReaderPlan, class_number
from shuxiang.interop.excel.register import key_of
from shuxiang.interop.excel.verdicts import Brought
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.readers.actions import (
    AlreadyLeft,
    CardTaken,
    CardUnfit,
    ClassThere,
    NumberTaken,
    add_class,
    add_readers,
    change_reader,
    give_card,
    move_to_class,
    restrict,
)
from shuxiang.readers.models import Reader, Restriction, SchoolClass
from shuxiang.readers.rules import NewReader

EXPECTED = (AlreadyLeft, CardTaken, CardUnfit, ClassThere, NumberTaken, Reader.DoesNotExist)
CHANGED_TOGETHER = ("number", "category", "limit", "seat")


class ReaderWriter:
    """Writes the rows of one import."""

    def __init__(self, *, school: School, by: Account | None) -> None:
        self._school = school
        self._by = by

    def write(self, lines: Sequence[Line], now: datetime) -> Brought:
        """Do what the plans of some rows say, inside the transaction of who calls.

        :raises NumberTaken, CardTaken, AlreadyLeft: what has changed since the plan was made
        """
        plans = [line.plan for line in lines if isinstance(line.plan, ReaderPlan)]
        there = {key_of(one): one for one in SchoolClass.objects.filter(school=self._school)}
        classes = self._classes(plans, there, now)
        made = [one.pk for key, one in classes.items() if key not in there]
        new = [plan for plan in plans if plan.reader is None]
        added = self._add(new, classes, now) if new else []
        paused = [
            self._pause(reader, plan.row.pause_text, now)
            for plan, reader in zip(new, added, strict=True)
            if plan.row.is_paused
        ]
        for plan in plans:
            if plan.reader is not None:
                self._change(plan, classes, now)
        return {
            "readers": [reader.pk for reader in added],
            "restrictions": [restriction.pk for restriction in paused],
            "classes": made,
        }

    def _add(
        self, plans: Sequence[ReaderPlan], classes: dict[ClassKey, SchoolClass], now: datetime
    ) -> list[Reader]:
        return add_readers(
            school=self._school,
            readers=[self._new_reader(plan, classes, now) for plan in plans],
            by=self._by,
            now=now,
        )

    def _classes(
        self, plans: Sequence[ReaderPlan], there: dict[ClassKey, SchoolClass], now: datetime
    ) -> dict[ClassKey, SchoolClass]:
        """Give the classes that some plans name, those that are missing made."""
        classes = dict(there)
        for plan in plans:
            key = plan.school_class
            if key and key not in classes:
                classes[key] = self._add_class(key, classes, now)
        return classes

    def _add_class(
        self, key: ClassKey, there: dict[ClassKey, SchoolClass], now: datetime
    ) -> SchoolClass:
        taken = {
            one.number
            for one in there.values()
            if (one.stage, one.cohort) == (key.stage, key.cohort)
        }
        number = class_number(key.mark, taken=taken)
        return add_class(
            school=self._school,
            stage=key.stage,
            cohort=key.cohort,
            number=max(taken) + 1 if number in taken else number,
            mark=key.mark[:10],
            by=self._by,
            now=now,
        )

    def _new_reader(
        self, plan: ReaderPlan, classes: dict[ClassKey, SchoolClass], now: datetime
    ) -> NewReader:
        row = plan.row
        return NewReader(
            name=row.name,
            category=row.category,
            number=row.number,
            card=row.card,
            seat=row.seat,
            school_class=classes[plan.school_class].pk if plan.school_class else None,
            limit=plan.limit,
            joined_on=self._school.day(now),
        )

    def _change(
        self, plan: ReaderPlan, classes: dict[ClassKey, SchoolClass], now: datetime
    ) -> None:
        reader = Reader.objects.get(school=self._school, pk=plan.reader or 0)
        changes = dict(plan.changes)
        if "school_class" in changes and plan.school_class:
            move_to_class(
                reader=reader,
                school_class=classes[plan.school_class],
                on=max(self._school.day(now), reader.joined_on),
                by=self._by,
                now=now,
                seat=plan.row.seat,
            )
        if "card" in changes:
            give_card(reader=reader, card=plan.row.card, by=self._by, now=now)
        if together := {name: changes[name] for name in CHANGED_TOGETHER if name in changes}:
            change_reader(reader=reader, changes=together, by=self._by, now=now)
        if "paused" in changes:
            self._pause(reader, plan.row.pause_text, now)

    def _pause(self, reader: Reader, why: str, now: datetime) -> Restriction:
        return restrict(
            reader=reader,
            why=why,
            from_on=self._school.day(now),
            until_on=None,
            by=self._by,
            now=now,
        )
