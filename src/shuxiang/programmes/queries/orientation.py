"""Which classes have been taught the rules, and which not yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.rules import STAGES_OF, Kind, span
from shuxiang.programmes.models import Missed, Session
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.readers.queries import class_name, class_teachers, classes_at_school
from shuxiang.timetable.models import Term


@dataclass(frozen=True, kw_only=True)
class TaughtClass:
    """A class in a term, and when it was taught; `is_new` in the first grade of a stage."""

    school_class: SchoolClass
    name: str
    grade: int | None
    is_new: bool
    teachers: str
    sessions: tuple[Session, ...]
    newcomers: int
    """How many came to the class after it was taught, and were not taught since."""

    @property
    def waiting(self) -> int:
        """Count those who were not there and have not caught up."""
        missed = sum(getattr(session, "waiting", 0) for session in self.sessions)
        return missed + self.newcomers


@dataclass(frozen=True, kw_only=True)
class Orientation:
    """What was taught in a term."""

    term: Term
    classes: tuple[TaughtClass, ...]
    groups: tuple[Session, ...]

    @property
    def untaught(self) -> tuple[TaughtClass, ...]:
        """List the classes that have had no session this term, new ones first."""
        without = [one for one in self.classes if not one.sessions]
        return tuple(sorted(without, key=lambda one: not one.is_new))

    @property
    def taught(self) -> tuple[TaughtClass, ...]:
        return tuple(one for one in self.classes if one.sessions)


def see_orientation(term: Term) -> Orientation:
    """Show a term, in a fixed number of queries."""
    school, year = term.school, term.year.first_year
    sessions: dict[int | None, list[Session]] = {}
    for session in _sessions(school).filter(term=term):
        sessions.setdefault(session.school_class_id, []).append(session)
    teachers, first = class_teachers(school), first_grades(school)
    came_later = newcomers(term).values_list("memberships__school_class").annotate(Count("pk"))
    later = dict(came_later.filter(memberships__until_on=None))
    return Orientation(
        term=term,
        classes=tuple(
            TaughtClass(
                school_class=each,
                name=class_name(each, year),
                grade=each.grade(year),
                is_new=each.grade(year) in first,
                teachers="、".join(one.name for one in teachers.get(each.pk, ())),
                sessions=tuple(sessions.get(each.pk, ())),
                newcomers=later.get(each.pk, 0),
            )
            for each in classes_at_school(school, year)
        ),
        groups=tuple(sessions.get(None, ())),
    )


def sessions_of(school_class: SchoolClass, term: Term) -> list[Session]:
    """List the sessions of a class in a term, the latest first."""
    return list(_sessions(school_class.school).filter(school_class=school_class, term=term))


def newcomers(term: Term, school_class: SchoolClass | None = None) -> QuerySet[Reader]:
    """List who came to a class, or to any, after it was taught in a term, and was not taught since."""
    taught = Session.objects.filter(
        term=term,
        school_class__memberships__reader=OuterRef("pk"),
        school_class__memberships__until_on=None,
    )
    pupils = Reader.objects.filter(
        school=term.school_id,
        category=Reader.Category.PUPIL,
        joined_on__gt=Subquery(taught.order_by("-on").values("on")[:1]),
    )
    if school_class:
        pupils = pupils.filter(memberships__school_class=school_class, memberships__until_on=None)
    told = Missed.objects.filter(session__term=term)
    return pupils.exclude(pk__in=told.values("reader")).order_by("seat", "name")


def still_to_learn(term: Term) -> QuerySet[Reader]:
    """List the pupils whose class was taught in a term without them."""
    waiting = Missed.objects.filter(session__term=term, caught_up_on=None)
    return Reader.objects.filter(
        Q(pk__in=waiting.values("reader")) | Q(pk__in=newcomers(term).order_by().values("pk"))
    )


def new_classes_taught(term: Term) -> tuple[int, int]:
    """Count the classes of the first grades that were taught in the school year, and all of them."""
    school, year = term.school, term.year.first_year
    first = first_grades(school)
    new = {each.pk for each in classes_at_school(school, year) if each.grade(year) in first}
    held = Session.objects.filter(school=school, term__year=term.year, school_class__in=new)
    return held.order_by().values("school_class").distinct().count(), len(new)


def first_grades(school: School) -> set[int]:
    """Tell the grades in which pupils are new at the school."""
    stages = STAGES_OF[Kind(school.kind)]
    return {span(stage, primary_years=school.primary_years).first for stage in stages}


def _sessions(school: School) -> QuerySet[Session]:
    waiting = Count("missed", filter=Q(missed__isnull=False, missed__caught_up_on=None))
    rows: QuerySet[Session] = Session.objects.filter(school=school).annotate(waiting=waiting)
    return rows.order_by("-on", "-id")
