"""Take a planned file in, some rows at a time; cut off, it goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from shuxiang.catalogue.actions import PeriodClosed
from shuxiang.interop.excel import (
    book_writing,
    keeping,
    plan_file,
    preview,
    reader_writing,
    refused,
    wording,
)
from shuxiang.interop.excel.book_writing import BookWriter
from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.plan_file import Line
from shuxiang.interop.excel.preview import Choices
from shuxiang.interop.excel.reader_writing import ReaderWriter
from shuxiang.interop.excel.sheets import FileRefused
from shuxiang.interop.excel.verdicts import Brought, Reason, Verdict, Why
from shuxiang.platform.backup import actions as backup
from shuxiang.platform.backup.failures import BackupFailed
from shuxiang.platform.backup.rules import Why as BackupWhy
from shuxiang.platform.backup.wording import TROUBLES
from shuxiang.platform.database.sharing import in_turn
from shuxiang.platform.database.statistics import renew_statistics
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs.models import Job

PREVIEW, IMPORT = "excel.preview", "excel.import"
ACTING = frozenset({Verdict.NEW, Verdict.CHANGED, Verdict.DOUBTFUL})
EXPECTED = (*book_writing.EXPECTED, *reader_writing.EXPECTED)

MANY = 1_000
"""Rows after which what the database knew of its tables is out of date."""

Clock = Callable[[], datetime]
Show = Callable[[int, int], None]


class Writer(Protocol):
    """Writes the plans of some rows."""

    def write(self, lines: Sequence[Line], now: datetime) -> Brought: ...


def prepare(job: Job, clock: Clock) -> None:
    """Read a file and show what it would bring (the job `excel.preview`)."""
    choices = Choices.from_params(job.params)
    now = clock()
    try:
        report = preview.prepare(
            school=job.school,
            file=keeping.source_of(job.file),
            choices=choices,
            folder=keeping.folder_of(job.file),
            today=job.school.day(now),
            tell=lambda done, total: jobs.advance(job, done=done, total=total, now=clock()),
        )
    except FileRefused as not_read:
        keeping.throw_away(job.file)
        jobs.fail(job, error=wording.fault(not_read), now=clock())
    except preview.NoHeader:
        jobs.finish(job, report={}, now=clock())
    else:
        jobs.finish(job, report=report, now=clock())


def take_in(job: Job, clock: Clock, *, show: Show | None = None) -> None:
    """Write what was shown and confirmed (the job `excel.import`), from where it stopped.

    `show` is told how many rows are done, and of how many.
    """
    if job.done == 0 and (trouble := back_up(job, clock())):
        jobs.fail(job, error=trouble, now=clock())
        return
    shown = job.params["report"]
    writer = _writer(job)
    folder = keeping.folder_of(job.file)
    lines = plan_file.read(folder, verdicts=ACTING, start=job.done)
    try:
        for chunk in in_turn(lines):
            _write(job, writer, chunk, clock)
            if show:
                show(job.done, job.total)
    except PeriodClosed:
        jobs.fail(job, error=_closed(), now=clock())
        return
    if job.total >= MANY:
        renew_statistics()
    late = _late(job)
    number = refused.write(folder, headers=shown["headers"], late=late)
    jobs.finish(job, report={**job.report, **_report(shown, late, number)}, now=clock())
    keeping.let_go(job.file)


def back_up(job: Job, now: datetime, *, why: BackupWhy = BackupWhy.BEFORE_IMPORT) -> str:
    """Make the backup before a large change; give the words of what went wrong, or nothing."""
    try:
        backup.make(why=why, by=job.by, now=now)
    except BackupFailed as failed:
        words = str(TROUBLES[failed.trouble]) % {"folder": failed.folder}
        return _("No backup could be made, so nothing was changed. %(why)s") % {"why": words}
    return ""


def _writer(job: Job) -> Writer:
    choices = Choices.from_params(job.params["choices"])
    if choices.kind is Kind.READERS:
        return ReaderWriter(school=job.school, by=job.by)
    return BookWriter(
        school=job.school,
        by=job.by,
        document=f"{job.pk} · {choices.name}"[:80],
        file=choices.name,
        source=choices.source,
        headers=job.params["report"]["headers"],
    )


def _write(job: Job, writer: Writer, chunk: Sequence[Line], clock: Clock) -> None:
    """Write some rows in one transaction; if one can't be, each by itself."""
    before = job.done
    try:
        with transaction.atomic():
            _advance(job, writer.write(chunk, clock()), done=before + len(chunk), now=clock())
    except EXPECTED:
        job.done = before
        for line in chunk:
            _write_one(job, writer, line, clock)


def _write_one(job: Job, writer: Writer, line: Line, clock: Clock) -> None:
    before = job.done
    try:
        with transaction.atomic():
            _advance(job, writer.write([line], clock()), done=before + 1, now=clock())
    except EXPECTED as refusal:
        _keep_late(job, line, str(refusal))
        jobs.advance(job, done=before + 1, now=clock())


def _advance(job: Job, brought: Brought, *, done: int, now: datetime) -> None:
    """Say how far it is, and keep what it brought: to be taken back, it must be known."""
    kept: Brought = job.report.get("brought", {})
    joined = {
        kind: sorted({*kept.get(kind, ()), *brought.get(kind, ())}) for kind in {*kept, *brought}
    }
    jobs.advance(job, done=done, now=now, report={**job.report, "brought": joined})


def _keep_late(job: Job, line: Line, what: str) -> None:
    with (keeping.folder_of(job.file) / keeping.LATE).open("a", encoding="utf-8") as file:
        file.write(json.dumps([line.place, what], ensure_ascii=False) + "\n")


def _late(job: Job) -> dict[int, tuple[Why, ...]]:
    return {place: (Why(Reason.TAKEN_MEANWHILE, what),) for place, what in _late_lines(job)}


def _late_lines(job: Job) -> Iterator[tuple[int, str]]:
    path = keeping.folder_of(job.file) / keeping.LATE
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            place, what = json.loads(line)
            yield place, what


def _report(
    shown: dict[str, Any], late: dict[int, tuple[Why, ...]], refused_rows: int
) -> dict[str, Any]:
    counts = {**shown["counts"], Verdict.REFUSED: refused_rows}
    return {
        **{name: shown[name] for name in ("rows", "copies", "classes", "reasons", "remarks")},
        "counts": counts,
        "late": len(late),
    }


def _closed() -> str:
    return _(
        "The registers are closed today, so no book can be taken in. "
        "What came in before stays recorded. Bring the file again on a day that is open."
    )
