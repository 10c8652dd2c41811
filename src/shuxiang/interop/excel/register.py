"""Whom a school serves, as the import compares a file with it. Reads only, in a fixed number of queries."""

from __future__ import annotations

from datetime import date

from shuxiang.circulation.actions.setting_up import FIRST_TERMS
from shuxiang.circulation.queries.policy import terms_rows
from shuxiang.interop.excel.readers import ClassKey, KnownReader, Register, ways_to_write
from shuxiang.platform.numbers.models import Barcode
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import Membership, Reader, Restriction, SchoolClass


def register_of(school: School, day: date) -> Register:
    """Read the classes, the readers at school and the limits of a school."""
    classes = list(SchoolClass.objects.filter(school=school).order_by("-cohort", "number", "id"))
    return Register(
        school_year=school_year(school, day),
        grades=school.grades,
        primary_years=school.primary_years,
        classes=_by_every_name(classes),
        readers=tuple(_readers(school, day, {one.pk: key_of(one) for one in classes})),
        limits=_limits(school),
        books=frozenset(
            Barcode.objects.filter(
                school=school, kind=Barcode.Kind.COPY, retired_at=None
            ).values_list("code", flat=True)
        ),
    )


def key_of(school_class: SchoolClass) -> ClassKey:
    """Name a class by its entry."""
    return ClassKey(school_class.stage, school_class.cohort, school_class.mark)


def _by_every_name(classes: list[SchoolClass]) -> dict[ClassKey, ClassKey]:
    names = {}
    for one in reversed(classes):
        for way in ways_to_write(key_of(one), one.number):
            names[way] = key_of(one)
    alone: dict[ClassKey, list[ClassKey]] = {}
    for one in classes:
        alone.setdefault(key_of(one)._replace(mark=""), []).append(key_of(one))
    names |= {grade: keys[0] for grade, keys in alone.items() if len(keys) == 1}
    return names | {key_of(one): key_of(one) for one in classes}


def _readers(school: School, day: date, keys: dict[int, ClassKey]) -> list[KnownReader]:
    stays = dict(
        Membership.objects.filter(school=school).on(day).values_list("reader_id", "school_class_id")
    )
    paused = set(
        Restriction.objects.filter(school=school).in_force(day).values_list("reader_id", flat=True)
    )
    found = Reader.objects.filter(school=school).at_school().order_by("id")
    return [
        KnownReader(
            pk=pk,
            name=name,
            category=category,
            number=number,
            card=card,
            school_class=keys.get(stays.get(pk, 0)),
            seat=seat,
            limit=limit,
            is_paused=pk in paused,
        )
        for pk, name, category, number, card, seat, limit in found.values_list(
            "pk", "name", "category", "number", "card", "seat", "limit"
        )
    ]


def _limits(school: School) -> dict[tuple[str, int | None], int]:
    """Read the limits of the whole stock; a school that is not set up yet has the usual ones."""
    rows = [row for row in terms_rows(school) if row.collection is None]
    if not rows:
        return {(str(row["category"]), None): row["max_loans"] for row in FIRST_TERMS}
    return {(row.category, row.grade): row.terms.max_loans for row in rows}
