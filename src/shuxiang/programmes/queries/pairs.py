"""Who might bring whom along to read, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from shuxiang.circulation.models import Loan
from shuxiang.circulation.queries.policy import policy_of
from shuxiang.circulation.queries.recall import term_to_recall
from shuxiang.platform.schools.models import School
from shuxiang.programmes.models import Pair
from shuxiang.programmes.rules import (
    WINDOW,
    Borrower,
    Counts,
    Effect,
    Interests,
    Suggested,
    Telling,
    effect,
    suggest,
)
from shuxiang.readers.models import Membership, Reader, SchoolClass
from shuxiang.readers.queries import classes_at_school
from shuxiang.timetable.rules import Calendar

A_DAY = timedelta(days=1)
FIELD = 3
"""So many characters of a class number are a field of reading: I28, Q95."""


@dataclass(frozen=True, kw_only=True)
class PupilLine:
    """A pupil and how many books were taken home this term: no more is told."""

    reader: Reader
    books: int


@dataclass(frozen=True, kw_only=True)
class SuggestedPair:
    guide: PupilLine
    reader: PupilLine
    interests: Interests


@dataclass(frozen=True, kw_only=True)
class PairLine:
    """A pair, and what came of it; `is_apart` once the two are no longer in the class together."""

    pair: Pair
    effect: Effect
    is_apart: bool


@dataclass(frozen=True, kw_only=True)
class ClassPairs:
    """The pairs of a class: those that might be, that are, and that were."""

    school_class: SchoolClass
    name: str
    grade: int | None
    pupils: tuple[PupilLine, ...]
    suggested: tuple[SuggestedPair, ...]
    left: tuple[PupilLine, ...]
    """Who has not borrowed, or hardly, and for whom no keen reader is free."""
    standing: tuple[PairLine, ...]
    ended: tuple[PairLine, ...]
    """The latest first; the names are gone once retention has taken them off."""

    @property
    def alone(self) -> tuple[PupilLine, ...]:
        """List who has no pair."""
        paired = {key for line in self.standing for key in _two(line.pair)}
        return tuple(line for line in self.pupils if line.reader.pk not in paired)


@dataclass(frozen=True, kw_only=True)
class ClassLine:
    """A class in the list of all: how many pairs there are, might be, and what came of them."""

    school_class: SchoolClass
    name: str
    grade: int | None
    suggested: int
    standing: int
    told: Mapping[Telling, int]


def see_class_pairs(school_class: SchoolClass, today: date) -> ClassPairs:
    """Show one class, in a fixed number of queries."""
    school, policy = school_class.school, policy_of(school_class.school, today)
    pupils = {one.pk: one for one in _pupils(school, today, [school_class.pk])}
    books = _books(school, today, pupils)
    lines = {key: PupilLine(reader=one, books=books[key]) for key, one in pupils.items()}
    pairs = list(_pairs(school).filter(school_class=school_class))
    shown = _lines(school, pairs, today, here=pupils)
    standing = tuple(line for line in shown if line.pair.until_on is None)
    suggested = suggest(
        _borrowers(school, pupils, books),
        taken={key for line in standing for key in _two(line.pair)},
    )
    return ClassPairs(
        school_class=school_class,
        name=policy.name_of(school_class),
        grade=school_class.grade(policy.school_year),
        pupils=tuple(lines.values()),
        suggested=_suggested(suggested, lines),
        left=tuple(lines[one.key] for one in suggested.left),
        standing=standing,
        ended=tuple(line for line in shown if line.pair.until_on is not None),
    )


def see_pairs(school: School, today: date) -> list[ClassLine]:
    """List the classes at school, in a fixed number of queries."""
    policy = policy_of(school, today)
    classes = classes_at_school(school, policy.school_year)
    stays = _stays(school, today).filter(school_class__in=[each.pk for each in classes])
    members: dict[int, list[int]] = {}
    for reader, key in stays.values_list("reader", "school_class"):
        members.setdefault(key, []).append(reader)
    books = _books(school, today)
    pairs: dict[int, list[Pair]] = {}
    for pair in _pairs(school):
        pairs.setdefault(pair.school_class_id, []).append(pair)
    effects = effects_of(school, [one for several in pairs.values() for one in several], today)
    lines = []
    for each in classes:
        own = pairs.get(each.pk, [])
        standing = [pair for pair in own if pair.until_on is None]
        borrowers = [Borrower(key=key, books=books[key]) for key in members.get(each.pk, [])]
        taken = {key for pair in standing for key in _two(pair)}
        lines.append(
            ClassLine(
                school_class=each,
                name=policy.name_of(each),
                grade=each.grade(policy.school_year),
                suggested=len(suggest(borrowers, taken=taken).pairs),
                standing=len(standing),
                told=Counter(effects[pair.pk].telling for pair in own),
            )
        )
    return lines


def effects_of(school: School, pairs: Sequence[Pair], today: date) -> dict[int, Effect]:
    """Tell what came of pairs by their keys; what was counted before the names went is taken as it is."""
    open_ones = [
        pair for pair in pairs if pair.own_before is None and pair.from_on + WINDOW <= today
    ]
    counted = _counted(school, open_ones, today)
    return {
        pair.pk: effect(
            from_on=pair.from_on,
            until_on=pair.until_on,
            today=today,
            counts=kept_counts(pair) or counted.get(pair.pk),
        )
        for pair in pairs
    }


def kept_counts(pair: Pair) -> Counts | None:
    """Read what was counted before the loans lost their names."""
    kept = {name: getattr(pair, name) for name in Counts.__dataclass_fields__}
    return None if None in kept.values() else Counts(**kept)


def _two(pair: Pair) -> list[int]:
    return [key for key in (pair.guide_id, pair.reader_id) if key]


def _pairs(school: School) -> QuerySet[Pair]:
    return Pair.objects.filter(school=school).select_related("guide", "reader", "confirmed_by")


def _lines(
    school: School, pairs: Sequence[Pair], today: date, *, here: Mapping[int, Reader]
) -> list[PairLine]:
    effects = effects_of(school, pairs, today)
    return [
        PairLine(
            pair=pair,
            effect=effects[pair.pk],
            is_apart=any(key not in here for key in _two(pair)),
        )
        for pair in pairs
    ]


def _stays(school: School, day: date) -> QuerySet[Membership]:
    at_school = Q(reader__left_on=None) | Q(reader__left_on__gte=day)
    pupils: QuerySet[Membership] = Membership.objects.filter(
        at_school, school=school, reader__category=Reader.Category.PUPIL
    ).on(day)
    return pupils


def _pupils(school: School, day: date, classes: Iterable[int]) -> list[Reader]:
    stays = _stays(school, day).filter(school_class__in=classes).select_related("reader")
    in_order = stays.order_by(F("reader__seat").asc(nulls_last=True), "reader__name", "id")
    return [stay.reader for stay in in_order]


def _home(school: School) -> QuerySet[Loan]:
    home: QuerySet[Loan] = Loan.objects.counted().filter(school=school, kind=Loan.Kind.HOME)
    return home.order_by()


def _books(school: School, today: date, readers: Iterable[int] | None = None) -> Counter[int]:
    """Count what each has taken home this term."""
    term = term_to_recall(school, today)
    if term is None:
        return Counter()
    lent = _home(school).filter(lent_on__gte=term.starts_on, lent_on__lte=today)
    lent = lent.filter(reader__isnull=False) if readers is None else lent.filter(reader__in=readers)
    return Counter(lent.values_list("reader", flat=True))


def _borrowers(school: School, pupils: Iterable[int], books: Mapping[int, int]) -> list[Borrower]:
    """Gather what each has read of, as far as the records still name the reader."""
    keys = list(pupils)
    read = Loan.objects.counted().filter(school=school, reader__in=keys).order_by()
    fields: dict[int, Counter[str]] = {key: Counter() for key in keys}
    titles: dict[int, set[int]] = {key: set() for key in keys}
    rows = read.values_list(
        "reader", "copy__holding__title", "copy__holding__clc", "copy__holding__title__clc"
    )
    for reader, title, own_class, union_class in rows:
        titles[reader].add(title)
        if number := own_class or union_class:
            fields[reader][number[:FIELD]] += 1
    return [
        Borrower(key=key, books=books[key], fields=fields[key], titles=frozenset(titles[key]))
        for key in keys
    ]


def _suggested(suggested: Suggested, lines: Mapping[int, PupilLine]) -> tuple[SuggestedPair, ...]:
    return tuple(
        SuggestedPair(
            guide=lines[one.guide.key], reader=lines[one.reader.key], interests=one.interests
        )
        for one in suggested.pairs
    )


def _counted(school: School, pairs: Sequence[Pair], today: date) -> dict[int, Counts]:
    """Count the weeks before and after pairs, in two queries; none where a name is gone already."""
    named = [pair for pair in pairs if pair.reader_id]
    if not named:
        return {}
    classes = {pair.school_class_id for pair in named}
    stays = list(
        Membership.objects.filter(
            school_class__in=classes, reader__category=Reader.Category.PUPIL
        ).values_list("school_class", "reader", "from_on", "until_on")
    )
    first = min(pair.from_on for pair in named) - WINDOW
    last = max(pair.from_on for pair in named) + WINDOW
    lent: dict[int, list[date]] = {}
    forgotten: dict[int, list[date]] = {}
    rows = _home(school).filter(
        Q(reader__in={reader for _class, reader, _from, _until in stays})
        | Q(reader=None, school_class__in=classes),
        lent_on__gte=first,
        lent_on__lt=last,
    )
    for reader, key, on in rows.values_list("reader", "school_class", "lent_on"):
        place = lent.setdefault(reader, []) if reader else forgotten.setdefault(key, [])
        place.append(on)
    days = policy_of(school, today).calendar
    return {
        pair.pk: _count(pair, _classmates(pair, stays), lent, days)
        for pair in named
        if not any(_weeks(pair, [on]) != (0, 0) for on in forgotten.get(pair.school_class_id, ()))
    }


def _classmates(pair: Pair, stays: Iterable[tuple[int, int, date, date | None]]) -> set[int]:
    """Tell who was in the class on the day a pair began, but for the pupil who is helped."""
    return {
        reader
        for key, reader, from_on, until_on in stays
        if key == pair.school_class_id
        and reader != pair.reader_id
        and from_on <= pair.from_on
        and (until_on is None or until_on >= pair.from_on)
    }


def _count(
    pair: Pair, rest: set[int], lent: Mapping[int, Sequence[date]], days: Calendar
) -> Counts:
    own_before, own_after = _weeks(pair, lent.get(pair.reader_id or 0, ()))
    others = [_weeks(pair, lent.get(reader, ())) for reader in rest]
    return Counts(
        own_before=own_before,
        own_after=own_after,
        rest_before=sum(before for before, _after in others),
        rest_after=sum(after for _before, after in others),
        rest_pupils=len(rest),
        open_before=_open_days(days, pair.from_on - WINDOW),
        open_after=_open_days(days, pair.from_on),
    )


def _weeks(pair: Pair, lent: Iterable[date]) -> tuple[int, int]:
    """Count days in the four weeks before a pair began, and in those from its first day on."""
    before = after = 0
    for on in lent:
        before += pair.from_on - WINDOW <= on < pair.from_on
        after += pair.from_on <= on < pair.from_on + WINDOW
    return before, after


def _open_days(days: Calendar, first: date) -> int:
    return sum(days.is_open(first + n * A_DAY) for n in range(WINDOW.days))
