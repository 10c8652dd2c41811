"""Take an import back: what it brought goes again, unless something rests on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shuxiang.catalogue.actions import PeriodClosed, take_accession_back
from shuxiang.catalogue.models import AccessionBatch, Copy
from shuxiang.catalogue.queries import closed_until, copies_to_take_back
from shuxiang.interop.excel.running import IMPORT, Clock, back_up
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.backup.rules import Why as BackupWhy
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.rules import State
from shuxiang.platform.schools.models import School
from shuxiang.readers.actions import take_readers_back
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import readers_to_take_back
from shuxiang.readers.rules import ReadersBrought

TAKE_BACK = "excel.take_back"
ENDED = (State.DONE, State.FAILED)
SHOWN = 50  # rows that stay


class NothingToTakeBack(Exception):
    """The import brought nothing, or was taken back before."""


@dataclass(frozen=True, kw_only=True)
class Stays:
    """A copy or a reader that stays, and the codes of what rests on it."""

    name: str
    number: str
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WouldGo:
    """What taking an import back would do now."""

    rows: int
    """Copies or readers that would go."""
    stay: int
    first: tuple[Stays, ...]
    """The first of those that stay."""
    changed: int
    """Rows of the list that changed what was here before; that stays as the list left it."""
    closed_until: date | None = None
    """Up to which day the registers are closed, if that keeps the books in them."""


def is_open(job: Job) -> bool:
    """Tell whether an import brought something and was not taken back yet."""
    return job.kind == IMPORT and job.state in ENDED and any(_brought(job).values())


def would_go(job: Job) -> WouldGo:
    """Look at what an import brought, and at what rests on it by now."""
    brought = _brought(job)
    going, staying = 0, dict[str, set[int]]()
    for accession in _accessions(job):
        copies = copies_to_take_back(accession)
        going += len(copies.going)
        _join(staying, copies.staying)
    if brought.get("readers"):
        readers = readers_to_take_back(job.school, _readers(brought))
        going += len(readers.going)
        _join(staying, readers.staying)
    shown = job.params["report"]["counts"]
    return WouldGo(
        rows=going,
        stay=len(set().union(*staying.values())),
        first=_first(job.school, staying, are_copies=not brought.get("readers")),
        changed=shown["changed"],
        closed_until=_closed_until(job),
    )


@transaction.atomic
def ask(*, taken_in: Job, by: Account, now: datetime) -> Job:
    """Have an import taken back; asked twice, it is done once.

    :raises NothingToTakeBack: if it brought nothing or was taken back before
    """
    taken_in = Job.objects.select_for_update(of=("self",)).get(pk=taken_in.pk)
    if not is_open(taken_in):
        raise NothingToTakeBack(str(taken_in.pk))
    asked = Job.objects.unfinished().filter(school=taken_in.school, kind=TAKE_BACK)
    return asked.filter(params__taken_in=taken_in.pk).first() or jobs.start(
        school=taken_in.school,
        kind=TAKE_BACK,
        by=by,
        now=now,
        params={"taken_in": taken_in.pk, "choices": taken_in.params["choices"]},
    )


def take_back(job: Job, clock: Clock) -> None:
    """Remove what an import brought (the job `excel.take_back`), after a backup, in one transaction."""
    if trouble := back_up(job, clock(), why=BackupWhy.BEFORE_TAKING_BACK):
        jobs.fail(job, error=trouble, now=clock())
        return
    try:
        with transaction.atomic():
            taken_in = Job.objects.select_for_update(of=("self",)).get(pk=job.params["taken_in"])
            if is_open(taken_in):
                went = _go(taken_in, clock())
                jobs.mark_taken_back(taken_in, by=job.by, now=clock(), went={"went": went})
    except PeriodClosed as closed:
        jobs.fail(job, error=_closed(closed.until_on), now=clock())
        return
    jobs.finish(job, report={}, now=clock())


def taken_in_by(job: Job) -> Job:
    """Give the import that a job takes back."""
    found: Job = Job.objects.get(school=job.school, pk=job.params["taken_in"])
    return found


def _go(taken_in: Job, now: datetime) -> dict[str, Any]:
    went: dict[str, Any] = {"stayed": 0}
    for accession in _accessions(taken_in):
        books = take_accession_back(accession=accession, now=now)
        went |= {"copies": books.copies, "titles": books.titles, "money_fen": books.money_fen}
        went |= {"accession": books.number, "stayed": books.stayed}
    if _brought(taken_in).get("readers"):
        readers = take_readers_back(
            school=taken_in.school, brought=_readers(_brought(taken_in)), now=now
        )
        went |= {"readers": readers.readers, "classes": readers.classes}
        went["stayed"] = readers.stayed
    return went


def _brought(job: Job) -> dict[str, list[int]]:
    return dict(job.report.get("brought", {}))


def _readers(brought: Mapping[str, list[int]]) -> ReadersBrought:
    return ReadersBrought(
        readers=brought.get("readers", ()),
        restrictions=brought.get("restrictions", ()),
        classes=brought.get("classes", ()),
    )


def _accessions(job: Job) -> list[AccessionBatch]:
    keys = _brought(job).get("accessions", ())
    found = AccessionBatch.objects.filter(school=job.school, pk__in=keys)
    return list(found.select_related("school").order_by("pk"))


def _closed_until(job: Job) -> date | None:
    until_on = closed_until(job.school)
    dates = [accession.received_on for accession in _accessions(job)]
    return until_on if until_on and any(day <= until_on for day in dates) else None


def _join(staying: dict[str, set[int]], more: Mapping[str, frozenset[int]]) -> None:
    for why, keys in more.items():
        staying.setdefault(why, set()).update(keys)


def _first(
    school: School, staying: Mapping[str, set[int]], *, are_copies: bool
) -> tuple[Stays, ...]:
    reasons: dict[int, list[str]] = defaultdict(list)
    for why, keys in sorted(staying.items()):
        for key in keys:
            reasons[key].append(why)
    first = sorted(reasons)[:SHOWN]
    return tuple(
        Stays(name=name, number=number, why=tuple(reasons[key]))
        for key, name, number in (_copies if are_copies else _named)(school, first)
    )


def _copies(school: School, keys: Sequence[int]) -> QuerySet[Copy, tuple[int, str, str]]:
    copies = Copy.objects.filter(school=school, pk__in=keys).order_by("pk")
    return copies.values_list("pk", "holding__title__name", "accession_number")


def _named(school: School, keys: Sequence[int]) -> QuerySet[Reader, tuple[int, str, str]]:
    readers = Reader.objects.filter(school=school, pk__in=keys).order_by("pk")
    return readers.values_list("pk", "name", "number")


def _closed(until_on: date) -> str:
    return _(
        "The registers are closed up to %(day)s, so what came in before can't be taken out of them "
        "any more. Nothing was taken back. Withdraw the books, with the reason entered by mistake."
    ) % {"day": date_format(until_on)}
