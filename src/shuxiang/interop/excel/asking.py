"""Ask for an import, step by step: bring a file, say more about it, confirm it or give it up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from shuxiang.formats import classname
from shuxiang.interop.excel import keeping, preview, running
from shuxiang.interop.excel.fields import Kind, header_key
from shuxiang.interop.excel.preview import Choices
from shuxiang.interop.excel.taking_back import TAKE_BACK
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.queries import unfinished
from shuxiang.platform.schools.actions import change_settings
from shuxiang.platform.schools.models import School

KINDS = (running.PREVIEW, running.IMPORT)
WRITING = (running.IMPORT, TAKE_BACK)


class Busy(Exception):
    """Another import of the school is running."""

    def __init__(self, job: Job) -> None:
        super().__init__(str(job.pk))
        self.job = job


class Stale(Exception):
    """Books or readers were changed since the preview: it has to be looked at again."""


def bring(
    *,
    school: School,
    kind: Kind,
    name: str,
    chunks: Iterable[bytes],
    by: Account,
    now: datetime,
) -> Job:
    """Keep a file and have it read; nothing of it is recorded."""
    sweep(school=school, now=now)
    folder = keeping.new_folder(school)
    keeping.keep(folder, chunks)
    return _read(school, Choices(kind=kind, name=name), folder, by=by, now=now)


def sweep(*, school: School, now: datetime) -> None:
    """Forget the files that were brought a month ago; those under way stay."""
    keeping.sweep(school, but=[job.file for job in unfinished(school=school)], now=now)


@transaction.atomic
def look_again(*, shown: Job, choices: Choices, by: Account, now: datetime) -> Job:
    """Have the same file read with other choices; one that is being taken in stays as it is."""
    shown = Job.objects.select_for_update(of=("self",)).get(pk=shown.pk)
    return _further(shown) or _read(shown.school, choices, shown.file, by=by, now=now)


def name_columns(
    *, shown: Job, mapped: Mapping[str, Sequence[str]], by: Account, now: datetime
) -> Job:
    """Read a file with its columns named by hand, and remember the headers for the next file."""
    choices = replace(Choices.from_params(shown.params), mapped=mapped)
    remember(
        school=shown.school, kind=choices.kind, folder=shown.file, mapped=mapped, by=by, now=now
    )
    return look_again(shown=shown, choices=choices, by=by, now=now)


def remember(
    *,
    school: School,
    kind: Kind,
    folder: str,
    mapped: Mapping[str, Sequence[str]],
    by: Account,
    now: datetime,
) -> None:
    """Remember what was said by hand about the headers of a file, for the next one."""
    said: dict[str, str] = {}
    for sheet in preview.sheets_in(keeping.folder_of(folder)):
        headers = [column["header"] for column in sheet["columns"]]
        fields = mapped.get(sheet["sheet"], ())
        if kind is Kind.READERS and _is_a_reader(headers, fields):
            continue
        said |= {
            header_key(column["header"]): field
            for column, field in zip(sheet["columns"], fields, strict=False)
            if column["field"] != field and not _is_letter(column["header"])
        }
    if said:
        changes = {preview.mapping_setting(kind): {**preview.learned(school, kind), **said}}
        change_settings(school=school, changes=changes, by=by, now=now)


@transaction.atomic
def confirm(*, shown: Job, by: Account, now: datetime) -> Job:
    """Have what was shown taken in; asked twice, it is done once.

    :raises Stale: if the preview no longer holds
    :raises Busy: if another import is running
    """
    shown = Job.objects.select_for_update(of=("self",)).get(pk=shown.pk)
    if further := _further(shown):
        return further
    school = shown.school
    running_now = Job.objects.unfinished().filter(school=school, kind__in=WRITING)
    if other := running_now.order_by("id").first():
        raise Busy(other)
    if preview.stamp(school) != shown.report["stamp"]:
        raise Stale
    return jobs.start(
        school=school,
        kind=running.IMPORT,
        by=by,
        now=now,
        params={"choices": shown.params, "report": shown.report},
        total=sum(shown.report["counts"][verdict] for verdict in running.ACTING),
        file=shown.file,
    )


def give_up(*, shown: Job, by: Account, now: datetime) -> None:
    """Forget a file that was only shown."""
    jobs.mark_taken_back(shown, by=by, now=now)
    keeping.throw_away(shown.file)


def _read(school: School, choices: Choices, folder: str, *, by: Account, now: datetime) -> Job:
    return jobs.start(
        school=school,
        kind=running.PREVIEW,
        by=by,
        now=now,
        params=choices.as_params(),
        file=folder,
    )


def _further(shown: Job) -> Job | None:
    """Give what became of a file after it was shown: it was read anew, or is taken in."""
    return latest(shown) if latest(shown).pk != shown.pk else None


def latest(job: Job) -> Job:
    """Give the last job about a file; the plan that lies beside the file is that one's."""
    about = Job.objects.filter(school=job.school, file=job.file, kind__in=KINDS)
    return about.order_by("-id").first() or job


def _is_a_reader(headers: Sequence[str], fields: Sequence[str]) -> bool:
    """Tell a first row that is a reader already: headings name no class and have no digits."""
    return any(
        field and (classname.read(header) or any(sign.isdigit() for sign in header))
        for header, field in zip(headers, fields, strict=False)
    )


def _is_letter(header: str) -> bool:
    return header.isascii() and header.isupper() and len(header) <= 2  # noqa: PLR2004 - AB
