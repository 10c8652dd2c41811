"""Who came to the reading room: today's log, and the weeks of a term by class and by teacher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from shuxiang.circulation.models import Entrance, Visit, VisitMark
from shuxiang.circulation.queries.policy import policy_of
from shuxiang.circulation.queries.recall import term_to_recall
from shuxiang.circulation.rules.coming import A_LESSON, Span, goes_on, is_within
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import classes_at_school, sizes
from shuxiang.timetable.models import Term
from shuxiang.timetable.rules import week_number


@dataclass(frozen=True, kw_only=True)
class WeekOf:
    """One week of a row: how often it came, and how many people that were."""

    times: int
    people: int


@dataclass(frozen=True, kw_only=True)
class ClassWeeks:
    school_class: SchoolClass
    name: str
    grade: int | None
    pupils: int
    weeks: tuple[WeekOf, ...]
    out_of_order: int
    """Class visits that closed with books or chairs out of order."""

    @property
    def people(self) -> int:
        return sum(week.people for week in self.weeks)

    over: int
    """Weeks that are over."""

    @property
    def missed(self) -> int:
        """Weeks that are over and in which the class did not come at all."""
        return sum(not week.people for week in self.weeks[: self.over])


@dataclass(frozen=True, kw_only=True)
class TeacherWeeks:
    reader: Reader
    weeks: tuple[int, ...]

    @property
    def times(self) -> int:
        return sum(self.weeks)


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """A term week by week."""

    term: Term
    numbers: tuple[int, ...]
    classes: tuple[ClassWeeks, ...]
    teachers: tuple[TeacherWeeks, ...]
    counted: tuple[int, ...]
    """People a week who were counted without asking who."""

    @property
    def people(self) -> tuple[int, ...]:
        """People a week, of all classes and counted ones."""
        rows = [[week.people for week in row.weeks] for row in self.classes]
        return tuple(map(sum, zip(*rows, self.counted, strict=True)))


@dataclass(frozen=True, kw_only=True)
class Came:
    """One line of a day: who was written down at the door, or a class at the desk."""

    at: datetime
    people: int
    school_class: SchoolClass | None
    entrance: Entrance | None = None
    is_of_class: bool = False
    """Written down at the door, and counted with the class: at the desk, or let in as a whole."""


@dataclass(frozen=True, kw_only=True)
class DayOf:
    lines: tuple[Came, ...]
    """The latest on top."""

    @property
    def people(self) -> int:
        return sum(line.people for line in self.lines if not line.is_of_class)


def class_comings(school: School, first: date, last: date) -> dict[int, list[date]]:
    """
    List the days on which each class came, by its key, a day for each time; in two queries.

    It was at the desk, or was written down as a whole at the door.
    """
    here = _here(school, first, last)
    came = [(key, on) for (key, on), visits in here.items() for _ in _comings(visits)]
    whole = Entrance.objects.standing().filter(school=school, way=Entrance.Way.CLASS)
    came += [
        (one.school_class_id, one.on)
        for one in whole.filter(on__range=(first, last))
        if one.school_class_id and not _is_of(one, here.get((one.school_class_id, one.on), ()))
    ]
    found: dict[int, list[date]] = {}
    for key, on in sorted(came):
        found.setdefault(key, []).append(on)
    return found


def see_entrances(school: School, on: date) -> DayOf:
    """Show who came on a day, classes at the desk among them, in a fixed number of queries."""
    pupils = sizes(school, on)
    here: dict[int, list[Visit]] = {}
    for visit in _visits(school, on, on).select_related("school_class__school"):
        here.setdefault(visit.school_class_id, []).append(visit)
    lines = [
        Came(
            at=visit.opened_at,
            people=max(0, pupils.get(key, 0) - away),
            school_class=visit.school_class,
        )
        for key, visits in here.items()
        for visit, away in _comings(visits)
    ]
    standing = Entrance.objects.standing().filter(school=school, on=on)
    came = list(standing.select_related("reader", "school_class__school").order_by("-id"))
    whole = _whole(came)
    lines += [
        Came(
            at=one.at,
            people=one.people,
            school_class=one.school_class,
            entrance=one,
            is_of_class=_is_of(one, here.get(one.school_class_id or 0, ()), whole),
        )
        for one in came
    ]
    return DayOf(lines=tuple(sorted(lines, key=lambda line: line.at, reverse=True)))


def see_weeks(school: School, today: date) -> Weeks | None:
    """Show the weeks of the term by class and by teacher, in a fixed number of queries."""
    term = term_to_recall(school, today)
    if term is None:
        return None
    last = week_number(term.starts_on, min(today, term.ends_on))
    came = list(
        Entrance.objects.standing()
        .filter(school=school, on__gte=term.starts_on, on__lte=term.ends_on)
        .select_related("reader")
        .order_by("at", "id")
    )
    numbers = tuple(range(1, last + 1))
    return Weeks(
        term=term,
        numbers=numbers,
        classes=_classes(school, term, came, numbers, today),
        teachers=_teachers(term, came, numbers),
        counted=tuple(
            sum(
                one.people
                for one in came
                if one.way == Entrance.Way.COUNT and week_number(term.starts_on, one.on) == number
            )
            for number in numbers
        ),
    )


def _classes(  # noqa: PLR0917 - one table
    school: School, term: Term, came: Iterable[Entrance], numbers: Sequence[int], today: date
) -> tuple[ClassWeeks, ...]:
    policy, pupils = policy_of(school, today), sizes(school, today)
    over = len(numbers) - (today <= term.ends_on)
    times: Counter[tuple[int, int]] = Counter()
    people: Counter[tuple[int, int]] = Counter()
    disorder: Counter[int] = Counter()
    here = _here(school, term.starts_on, term.ends_on)
    for (key, on), visits in here.items():
        at = key, week_number(term.starts_on, on)
        disorder[key] += sum(visit.in_order is False for visit in visits)
        for _visit, away in _comings(visits):
            times[at] += 1
            people[at] += max(0, pupils.get(key, 0) - away)
    whole = _whole(came)
    for one in came:
        visits = here.get((one.school_class_id or 0, one.on), [])
        if one.school_class_id and not _is_of(one, visits, whole):
            at = one.school_class_id, week_number(term.starts_on, one.on)
            times[at] += one.way == Entrance.Way.CLASS
            people[at] += one.people
    return tuple(
        ClassWeeks(
            school_class=each,
            name=policy.name_of(each),
            grade=each.grade(policy.school_year),
            pupils=pupils.get(each.pk, 0),
            weeks=tuple(
                WeekOf(times=times[each.pk, number], people=people[each.pk, number])
                for number in numbers
            ),
            out_of_order=disorder[each.pk],
            over=over,
        )
        for each in classes_at_school(school, policy.school_year)
    )


Whole = dict[tuple[int | None, date], list[Span]]
"""Which classes were let in as a whole, by class and day."""


def _whole(came: Iterable[Entrance]) -> Whole:
    whole: Whole = {}
    for one in came:
        if one.way == Entrance.Way.CLASS:
            spans = whole.setdefault((one.school_class_id, one.on), [])
            spans.append((one.at, one.at + A_LESSON))
    return whole


def _is_of(entrance: Entrance, visits: Iterable[Visit], whole: Whole | None = None) -> bool:
    """Tell whether somebody at the door belonged to the class at the desk, or one pupil to the class let in."""
    spans = [_span(visit) for visit in visits]
    if whole and entrance.way == Entrance.Way.CARD:
        spans += whole.get((entrance.school_class_id, entrance.on), [])
    return any(is_within(span, entrance.at) for span in spans)


def _comings(visits: Sequence[Visit]) -> list[tuple[Visit, int]]:
    """Tell how many of a class were away each time it came on a day; `visits` in their order."""
    comings: list[tuple[Visit, int]] = []
    before: Visit | None = None
    for visit in visits:
        away: int = visit.away  # type: ignore[attr-defined]
        if before and (
            (visit.turn_id and visit.turn_id == before.turn_id)
            or goes_on(_span(before), _span(visit))
        ):
            first, least = comings[-1]
            comings[-1] = first, min(least, away)
        else:
            comings.append((visit, away))
        before = visit
    return comings


def _span(visit: Visit) -> Span:
    return visit.opened_at, visit.closed_at


def _here(school: School, first: date, last: date) -> dict[tuple[int, date], list[Visit]]:
    """Find who was at the desk, by class and day."""
    here: dict[tuple[int, date], list[Visit]] = {}
    for visit in _visits(school, first, last):
        here.setdefault((visit.school_class_id, visit.on), []).append(visit)
    return here


def _visits(school: School, first: date, last: date) -> QuerySet[Visit]:
    absent = Q(marks__mark=VisitMark.Mark.ABSENT)
    return (
        Visit.objects.filter(school=school, on__gte=first, on__lte=last)
        .annotate(away=Count("marks", filter=absent))
        .order_by("opened_at", "id")
    )


def _teachers(
    term: Term, came: Iterable[Entrance], numbers: Iterable[int]
) -> tuple[TeacherWeeks, ...]:
    weeks: dict[Reader, Counter[int]] = {}
    for one in came:
        if one.reader and one.category != Reader.Category.PUPIL:
            weeks.setdefault(one.reader, Counter())[week_number(term.starts_on, one.on)] += 1
    rows = [
        TeacherWeeks(reader=reader, weeks=tuple(counts[number] for number in numbers))
        for reader, counts in weeks.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.times, row.reader.name, row.reader.pk)))
