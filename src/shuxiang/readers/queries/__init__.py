"""What can be asked of readers and classes. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import Coalesce, Lead

from shuxiang.formats.text import TooLong, fold, scan_code, simplified
from shuxiang.platform.accounts.models import Account, HeldRole
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.invariants import Broken
from shuxiang.platform.numbers.models import Barcode
from shuxiang.platform.resting import resting_on
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers import wording
from shuxiang.readers.models import ClassTeacher, Membership, Reader, Restriction, SchoolClass
from shuxiang.readers.queries.new_year import see_new_year as see_new_year
from shuxiang.readers.queries.photos import photos_astray
from shuxiang.readers.queries.photos import see_photo as see_photo
from shuxiang.readers.queries.photos import see_photos as see_photos
from shuxiang.readers.rules import PinStanding, ReadersBrought

CHANGED = "changed"
"""Something was done to the reader since the list that brought them."""
EXAMPLES = 5
SIGN_IN = "readers.sign_in"
"""The setting that turns the readers' own page on."""
NO_GRADE = 99


def reader_by_card(school: School, code: str) -> Reader | None:
    """Find whoever has this card, or else this number; of those who left the last one."""
    try:
        card = scan_code(code)
    except TooLong:
        return None
    if not card:
        return None
    at_school = Reader.objects.filter(school=school).at_school()
    return (
        at_school.filter(card=card).exclude(card="").first()
        or at_school.filter(number__in={code.strip(), card})
        .exclude(number="")
        .order_by("id")
        .first()
        or Reader.objects.filter(school=school)
        .filter(Q(card=card) | Q(number__in={code.strip(), card}))
        .order_by("-left_on", "-id")
        .first()
    )


def reader_of(account: Account) -> Reader | None:
    """Tell which reader of the school an account is, if it is one."""
    return Reader.objects.filter(school=account.school_id, account=account).first()


def pin_standings(readers: Iterable[Reader]) -> dict[int, PinStanding]:
    """Tell by the readers' keys how far each is with signing in by card and PIN, in two queries."""
    readers = list(readers)
    keys = [reader.account_id for reader in readers if reader.account_id]
    accounts = Account.objects.in_bulk(keys)
    with_post = HeldRole.objects.filter(account__in=keys).exclude(role=Role.PUPIL)
    posts = set(with_post.values_list("account", flat=True))
    return {
        reader.pk: _pin_standing(
            reader, accounts.get(reader.account_id or 0), has_post=reader.account_id in posts
        )
        for reader in readers
    }


def _pin_standing(reader: Reader, account: Account | None, *, has_post: bool) -> PinStanding:
    if reader.category != Reader.Category.PUPIL or reader.left_on:
        return PinStanding.NO_PUPIL
    if has_post:
        return PinStanding.HAS_POST
    if not (reader.card or reader.number):
        return PinStanding.NO_CARD
    if account is None:
        return PinStanding.NONE
    if not account.signs_in_by_pin:
        return PinStanding.BY_PASSWORD
    return PinStanding.GIVEN if account.must_change_password else PinStanding.OWN


def may_have_account(reader: Reader) -> bool:
    """Tell whether an account can be opened for a reader by the library itself."""
    has_kind = reader.category in (Reader.Category.PUPIL, Reader.Category.TEACHER)
    return has_kind and reader.left_on is None and reader.account_id is None


def matching(school: School, text: str) -> QuerySet[Reader]:
    """Choose readers by name, pinyin, initials, number or card."""
    words = fold(text)
    found: QuerySet[Reader] = Reader.objects.filter(school=school)
    if not words:
        return found
    key = words.lower().replace(" ", "")
    clues = Q(name__contains=words) | Q(name_keys__contains=simplified(words))
    clues |= Q(number__istartswith=words) | Q(card__iexact=words)
    if key.isascii() and key.isalpha():
        clues |= Q(name_keys__contains=f" {key}")
    return found.filter(clues)


def see_readers(
    school: School,
    day: date,
    *,
    text: str = "",
    school_class: int | None = None,
    category: str = "",
    standing: str = "",
) -> QuerySet[Reader]:
    """Narrow the list of readers; `standing` is left, paused, or empty for all who are at school."""
    found = matching(school, text)
    found = found.filter(left_on__isnull=standing != "left")
    if standing == "paused":
        pauses = Restriction.objects.filter(school=school).in_force(day)
        found = found.filter(pk__in=pauses.values("reader"))
    if category:
        found = found.filter(category=category)
    if school_class:
        stays = Membership.objects.filter(school_class=school_class).on(day)
        return found.filter(pk__in=stays.values("reader")).order_by(
            F("seat").asc(nulls_last=True), "name", "id"
        )
    return found.order_by("name", "id")


def find_readers(school: School, text: str, limit: int, day: date) -> list[Reader]:
    """Find readers who are at school on a day, the exact name first, at most `limit`."""
    if not fold(text):
        return []
    at_school = Q(left_on=None) | Q(left_on__gte=day)
    found = matching(school, text).filter(at_school)
    exact_first = Case(When(name=fold(text), then=Value(0)), default=Value(1))
    return list(found.order_by(exact_first, "name", "id")[:limit])


def class_of(reader: Reader, day: date) -> SchoolClass | None:
    """Tell the class that a reader was in on a day."""
    return classes_of([reader], day).get(reader.pk)


def classes_of(readers: Iterable[Reader], day: date) -> dict[int, SchoolClass]:
    """Tell the classes of several readers on a day by the readers' keys, in one query."""
    stays = (
        Membership.objects.filter(reader__in=[reader.pk for reader in readers])
        .on(day)
        .select_related("school_class__school")
    )
    return {stay.reader_id: stay.school_class for stay in stays}


def register(school_class: SchoolClass, day: date) -> list[Reader]:
    """List a class as its register does: by seat, then by name."""
    stays = Membership.objects.filter(school_class=school_class).on(day)
    return list(
        Reader.objects.filter(Q(left_on=None) | Q(left_on__gte=day), pk__in=stays.values("reader"))
        .filter(school=school_class.school_id)
        .order_by(F("seat").asc(nulls_last=True), "name", "id")
    )


def sizes(school: School, day: date) -> dict[int, int]:
    """Count the readers of each class on a day, by the classes' keys."""
    here = Q(reader__left_on=None) | Q(reader__left_on__gte=day)
    counted = (
        Membership.objects.filter(here, school=school)
        .on(day)
        .values("school_class")
        .annotate(readers=Count("pk"))
    )
    return {row["school_class"]: row["readers"] for row in counted}


def classes_at_school(school: School, school_year: int) -> list[SchoolClass]:
    """List the classes that have a grade in a school year, lowest grade first."""
    here = [each for each in _classes(school) if each.grade(school_year) is not None]
    return sorted(here, key=lambda each: each.grade(school_year) or NO_GRADE)


def _classes(school: School) -> list[SchoolClass]:
    classes = list(SchoolClass.objects.filter(school=school).order_by("-cohort", "number", "id"))
    for each in classes:
        each.school = school
    return classes


@dataclass(frozen=True, kw_only=True)
class ClassLine:
    """A class with what its list shows; no grade in a year in which it is not at school."""

    school_class: SchoolClass
    name: str
    grade: int | None
    readers: int
    teachers: tuple[Account, ...]


def see_classes(school: School, day: date) -> list[ClassLine]:
    """List all classes, those at school first and lowest grade first, in four queries."""
    year = school_year(school, day)
    classes = _classes(school)
    teachers = teachers_by_class(classes)
    counts = sizes(school, day)
    lines = [
        ClassLine(
            school_class=each,
            name=class_name(each, year),
            grade=each.grade(year),
            readers=counts.get(each.pk, 0),
            teachers=tuple(teachers.get(each.pk, ())),
        )
        for each in classes
    ]
    return sorted(lines, key=lambda line: line.grade or NO_GRADE)


def class_name(school_class: SchoolClass, school_year: int) -> str:
    """Write the name that a class has in a school year."""
    return wording.class_name(
        grade=school_class.grade(school_year),
        stage=school_class.stage,
        cohort=school_class.cohort,
        mark=school_class.mark,
    )


def teachers_of(school_class: SchoolClass) -> list[Account]:
    """List the present teachers of a class (班主任)."""
    return teachers_by_class([school_class]).get(school_class.pk, [])


def teachers_by_class(classes: Iterable[SchoolClass]) -> dict[int, list[Account]]:
    """List the present teachers of several classes by the classes' keys, in one query."""
    return _by_class(ClassTeacher.objects.filter(school_class__in=[each.pk for each in classes]))


def class_teachers(school: School) -> dict[int, list[Account]]:
    """List the present teachers of all classes by the classes' keys, in one query."""
    return _by_class(ClassTeacher.objects.filter(school=school))


def _by_class(rows: QuerySet[ClassTeacher]) -> dict[int, list[Account]]:
    named: dict[int, list[Account]] = {}
    for one in rows.filter(until_on=None).select_related("account").order_by("from_on", "id"):
        named.setdefault(one.school_class_id, []).append(one.account)
    return named


def classes_of_teacher(account: Account, day: date) -> list[SchoolClass]:
    """List the classes whose teacher an account is on a day."""
    named = ClassTeacher.objects.filter(
        Q(until_on=None) | Q(until_on__gte=day), account=account, from_on__lte=day
    ).select_related("school_class__school")
    return [one.school_class for one in named.order_by("-school_class__cohort", "id")]


def stays_of(reader: Reader) -> list[Membership]:
    """List the classes that a reader has been in, the latest first."""
    stays = Membership.objects.filter(reader=reader).select_related("school_class__school")
    return list(stays.order_by("-from_on", "-id"))


def last_class_of(reader: Reader) -> SchoolClass | None:
    """Tell the class that a reader was in last."""
    return last_classes([reader.pk]).get(reader.pk)


def last_classes(readers: Iterable[int]) -> dict[int, SchoolClass]:
    """Tell the last class of some readers, by their keys, in one query."""
    stays = Membership.objects.filter(reader__in=list(readers)).order_by("from_on", "pk")
    return {
        stay.reader_id: stay.school_class for stay in stays.select_related("school_class__school")
    }


def paused(readers: Iterable[Reader], day: date) -> set[int]:
    """Tell which of these readers may not borrow on a day, by their keys, in one query."""
    pauses = Restriction.objects.filter(reader__in=[reader.pk for reader in readers]).in_force(day)
    return set(pauses.values_list("reader", flat=True))


def restrictions_in_force(reader: Reader, day: date) -> list[Restriction]:
    """List why a reader may not borrow on a day."""
    return list(Restriction.objects.filter(reader=reader).in_force(day).order_by("from_on", "id"))


def broken_invariants(school: School) -> list[Broken]:
    """Find cards and stays in classes that contradict each other."""
    living = Reader.objects.filter(school=school).at_school().exclude(card="")
    registered = Barcode.objects.filter(
        school=school, kind=Barcode.Kind.READER, retired_at=None
    ).values("code")
    stays = Membership.objects.filter(school=school)
    next_from = Window(Lead("from_on"), partition_by="reader", order_by=["from_on", "pk"])
    overlapping = stays.annotate(next_from=next_from).filter(
        next_from__lte=Coalesce("until_on", Value(date.max))
    )
    gone = Q(reader__left_on__isnull=False)
    found: dict[str, QuerySet[Any, Any]] = {
        "readers.card_not_registered": living.exclude(card__in=registered).values_list("card"),
        "readers.card_of_nobody": registered.exclude(code__in=living.values("card")).values_list(
            "code"
        ),
        "readers.in_two_classes": overlapping.values_list("reader__name"),
        "readers.in_class_after_leaving": stays.filter(
            gone & (Q(until_on=None) | Q(until_on__gt=F("reader__left_on")))
        ).values_list("reader__name"),
        "readers.of_another_school": stays.exclude(
            reader__school=school, school_class__school=school
        ).values_list("pk"),
        "readers.photo_without_consent": photos_astray(school).values_list("reader__name"),
    }
    return [
        Broken(code=code, count=len(rows), examples=tuple(str(row[0]) for row in rows[:EXAMPLES]))
        for code, rows in ((code, list(each.order_by())) for code, each in found.items())
        if rows
    ]


@dataclass(frozen=True, kw_only=True)
class ReadersTakenBack:
    """The readers that may go, and those that stay by what rests on them.

    The reason is `changed`, or the label of the table whose rows name the reader.
    """

    going: frozenset[int]
    staying: Mapping[str, frozenset[int]]

    @property
    def stay(self) -> frozenset[int]:
        return frozenset().union(*self.staying.values())


def readers_to_take_back(school: School, brought: ReadersBrought) -> ReadersTakenBack:
    """Tell which of the readers that a list brought stand as they came."""
    readers = Reader.objects.filter(school=school, pk__in=brought.readers)
    parts = {Membership._meta.label, Restriction._meta.label}
    staying = dict(resting_on(readers, apart_from=parts))
    restrictions = Restriction.objects.filter(school=school, reader__in=readers.values("pk"))
    later = restrictions.exclude(pk__in=brought.restrictions, lifted_on=None)
    if pinned := frozenset(later.values_list("reader_id", flat=True)):
        staying[Restriction._meta.label] = pinned
    if changed := _changed(readers):
        staying[CHANGED] = changed
    stay: frozenset[int] = frozenset().union(*staying.values())
    return ReadersTakenBack(
        going=frozenset(readers.values_list("pk", flat=True)) - stay, staying=staying
    )


def _changed(readers: QuerySet[Reader]) -> frozenset[int]:
    """Find readers to whom something was done since they came; to be looked at is nothing done."""
    entries = Entry.objects.filter(subject_label=Reader._meta.label)
    touched = entries.filter(subject_id__in=readers.values("pk")).exclude(verb__contains=".see_")
    changed = readers.filter(
        Q(pk__in=touched.values("subject_id")) | ~Q(left_on=None) | ~Q(account=None)
    )
    return frozenset(changed.values_list("pk", flat=True))
