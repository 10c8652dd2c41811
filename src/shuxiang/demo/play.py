"""A term and a half of the demo's library, day by day, through the same actions as the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from shuxiang.catalogue.actions import shelve
from shuxiang.catalogue.models import Copy, Holding, Standing
from shuxiang.circulation import actions
from shuxiang.circulation.models import Hold, Loan, Visit
from shuxiang.circulation.queries import see_late
from shuxiang.circulation.rules import Step
from shuxiang.demo.stage import Stage, moment
from shuxiang.demo.stock import REFERENCE
from shuxiang.platform.audit.actions import Act
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.timetable.queries import DueTurn, calendar, turns_on

MORNING = time(7, 50)
NOON = time(12, 12)
DESK = "1"
NEVER, KEEN = 0.08, 0.12
"""Share of pupils who never borrow, and who always take what they may."""
VERY_KEEN = 0.9505


@dataclass
class Play:
    """What is where, kept beside the database so that choosing a book costs no query."""

    stage: Stage
    random: Random
    shelf: list[Copy] = field(default_factory=list)
    """What may be borrowed now."""
    out: dict[int, list[Copy]] = field(default_factory=dict)
    """By the key of the reader."""
    reference: list[Copy] = field(default_factory=list)
    alone: set[int] = field(default_factory=set)
    """Copies whose title has no other: who wants one that is out has to wait."""
    habits: dict[int, float] = field(default_factory=dict)
    clock: datetime | None = None

    def act(self, now: datetime) -> Act:
        by = self.stage.librarian
        if self.stage.helpers and self.random.random() < 0.3:
            by = self.random.choice(self.stage.helpers)
        self.clock = max(now, self.clock) if self.clock else now
        return Act(by=by, now=self.clock, place=DESK)


def begin(stage: Stage) -> Play:
    """Look at the shelves before the first day."""
    free = Copy.objects.filter(standing=Standing.ON_SHELF).select_related("collection")
    copies = list(free.order_by("pk"))
    play = Play(stage=stage, random=Random(stage.seed + 1))
    play.reference = [c for c in copies if c.collection and c.collection.name == REFERENCE]
    play.shelf = [c for c in copies if c not in set(play.reference)]
    play.random.shuffle(play.shelf)
    titles = Counter(copy.holding_id for copy in copies)
    play.alone = {copy.pk for copy in copies if titles[copy.holding_id] == 1}
    for reader in _readers(stage):
        play.habits[reader.pk] = play.random.random()
    return play


def _readers(stage: Stage) -> Iterator[Reader]:
    for pupils in stage.pupils.values():
        yield from pupils
    yield from stage.teachers


def days(stage: Stage) -> list[date]:
    """List the open days from the beginning of the last term to today."""
    spans = [stage.before.dates, stage.present.dates]
    known = calendar(stage.school, around=stage.today)
    return [
        day
        for span in spans
        for day in _span(span.starts_on, min(span.ends_on, stage.today))
        if known.is_open(day)
    ]


def _span(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def play_day(play: Play, day: date, *, until: datetime) -> None:
    """Live through one day, up to a moment."""
    now = moment(day, MORNING)
    if now >= until:
        return
    _shelve_yesterdays(play, now)
    actions.expire_holds(school=play.stage.school, now=now)
    if day < play.stage.today:
        _chase(play, day, now + timedelta(minutes=5))
    for due in turns_on(play.stage.school, day):
        starts = moment(day, due.period.starts_at)
        if moment(day, due.period.ends_at) < until:
            _noon_before(play, day, starts, until)
            _visit(play, due, starts)
    _noon_before(play, day, moment(day, time(23, 0)), until)


def _noon_before(play: Play, day: date, starts: datetime, until: datetime) -> None:
    """Open the desk at noon, once, when the clock has come so far."""
    noon = moment(day, NOON)
    if noon < starts and noon + timedelta(minutes=50) < until and (play.clock or noon) <= noon:
        _noon(play, noon)


def _shelve_yesterdays(play: Play, now: datetime) -> None:
    waiting = list(Copy.objects.filter(standing=Standing.TO_BE_SHELVED).order_by("pk"))
    if waiting:
        shelve(copies=waiting, by=play.stage.librarian, now=now)
        fetched = set(play.reference)
        play.shelf += [copy for copy in waiting if copy not in fetched]


def _chase(play: Play, day: date, now: datetime) -> None:
    """Tell of late books what is due by the steps; what is due today is left to the librarian."""
    ways: dict[Step, list[int]] = {}
    for late in see_late(play.stage.school, day):
        for tell in late.to_tell:
            ways.setdefault(tell.step, []).extend(tell.loans)
    for step, loans in ways.items():
        actions.tell(
            school=play.stage.school,
            loans=loans,
            whom=step.whom,
            channel=step.channel,
            by=play.stage.librarian,
            now=now,
        )


def _visit(play: Play, due: DueTurn, starts: datetime) -> None:
    """A class comes: a stack of returns first, then pupil by pupil."""
    stage, school_class = play.stage, due.school_class
    pupils = stage.pupils.get(school_class.pk, [])
    visit = actions.open_visit(
        school_class=school_class, by=stage.librarian, now=starts, turn=due.turn
    )
    clock = starts + timedelta(minutes=2)
    for pupil in pupils:
        for copy in list(play.out.get(pupil.pk, ())):
            if play.random.random() < _comes_back(play, pupil):
                clock += timedelta(seconds=5)
                _take_back(play, pupil, copy, clock)
    for pupil in pupils:
        clock += timedelta(seconds=play.random.randrange(9, 20))
        _borrow(play, pupil, _appetite(play, pupil, school_class), clock, visit=visit)
    order = play.random.random() < 0.95
    actions.close_visit(
        visit=visit, in_order=order, by=stage.librarian, now=clock + timedelta(minutes=1)
    )


def _comes_back(play: Play, pupil: Reader) -> float:
    forgetful = play.habits[pupil.pk] * 1000 % 1 < 0.06
    return 0.45 if forgetful else 0.93


def _appetite(play: Play, pupil: Reader, school_class: SchoolClass) -> int:
    habit = play.habits[pupil.pk]
    if habit < NEVER:
        return 0
    grade = school_class.grade(play.stage.present.first_year) or 1
    most = 1 if grade == 1 else 2
    has = len(play.out.get(pupil.pk, ()))
    wants = most if habit > 1 - KEEN else play.random.choice((0, 0, 1, 1))
    return max(0, wants - has)


def _borrow(
    play: Play, reader: Reader, count: int, now: datetime, *, visit: Visit | None = None
) -> None:
    for _ in range(count):
        if not play.shelf:
            return
        copy = play.shelf.pop(play.random.randrange(len(play.shelf)))
        try:
            actions.lend(copy=copy, reader=reader, act=play.act(now), visit=visit)
        except actions.LoanRefused:
            play.shelf.append(copy)
            return
        play.out.setdefault(reader.pk, []).append(copy)


def _take_back(play: Play, reader: Reader, copy: Copy, now: datetime) -> None:
    actions.take_back(copy=copy, act=play.act(now), reader=reader)
    play.out[reader.pk].remove(copy)


def _noon(play: Play, noon: datetime) -> None:
    """A handful of pupils and teachers come by themselves; no class visit brings a teacher."""
    clock = noon
    some = play.random.sample(list(_readers(play.stage)), k=4)
    for reader in dict.fromkeys(some + play.random.sample(play.stage.teachers, k=2)):
        clock += timedelta(minutes=2)
        if reader.card:
            actions.enter(
                school=play.stage.school, code=reader.card, by=play.stage.librarian, now=clock
            )
        own = list(play.out.get(reader.pk, ()))
        for copy in own:
            _take_back(play, reader, copy, clock)
        _borrow(play, reader, 1 if len(own) <= 1 else 0, clock + timedelta(seconds=20))
    if play.random.random() < 0.35:
        _read_in_room(play, clock)
    if play.random.random() < 0.5:
        _wish(play, clock + timedelta(minutes=1))
    if play.random.random() < 0.5:
        _renew(play, clock + timedelta(minutes=2))


def _read_in_room(play: Play, now: datetime) -> None:
    if not play.reference:
        return
    reader, copy = play.random.choice(play.stage.teachers), play.random.choice(play.reference)
    try:
        actions.lend(copy=copy, reader=reader, act=play.act(now), in_room=True)
    except actions.LoanRefused:
        return
    actions.take_back(copy=copy, act=play.act(now + timedelta(minutes=15)))


def _wish(play: Play, now: datetime) -> None:
    """Somebody waits for a book that another has."""
    borrowed = [copy for own in play.out.values() for copy in own if copy.pk in play.alone]
    if not borrowed:
        return
    copy = play.random.choice(borrowed)
    _wait(play, play.random.choice(list(_readers(play.stage))), copy.holding, now)


def wish_of(play: Play, reader: Reader, now: datetime) -> None:
    """Let one pupil wait for a book that somebody waits for already."""
    waiting = Hold.objects.filter(school=play.stage.school, state=Hold.State.WAITING)
    for hold in waiting.select_related("holding").order_by("placed_at", "id"):
        if _wait(play, reader, hold.holding, now):
            return


def _wait(play: Play, reader: Reader, holding: Holding, now: datetime) -> bool:
    try:
        actions.place_hold(holding=holding, reader=reader, act=play.act(now))
    except actions.HoldRefused:
        return False
    return True


def _renew(play: Play, now: datetime) -> None:
    keys = [key for key, own in play.out.items() if own]
    if not keys:
        return
    reader = Reader.objects.get(pk=play.random.choice(sorted(keys)))
    loans = list(Loan.objects.on_hand().filter(reader=reader).order_by("pk"))
    try:
        actions.renew(reader=reader, loans=loans, act=play.act(now))
    except actions.RenewalRefused:
        return
