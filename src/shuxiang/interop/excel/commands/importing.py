"""What both commands do: find the school, show, ask, take in, tell what came of it."""

from __future__ import annotations

import argparse
import gc
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django_scopes import scope

from shuxiang.interop.excel import keeping, preview, refused, running, wording
from shuxiang.interop.excel.fields import FIELDS, IGNORED, Kind, field_of
from shuxiang.interop.excel.preview import Choices
from shuxiang.interop.excel.sheets import Fault, FileRefused
from shuxiang.interop.excel.verdicts import Reason, Verdict
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.queries import this_runner, unfinished
from shuxiang.platform.jobs.rules import State
from shuxiang.platform.jobs.wording import UNFORESEEN
from shuxiang.platform.schools.actions import create_school
from shuxiang.platform.schools.models import School
from shuxiang.platform.terminal import Bar, CommandFailed, agrees, complain, say

UNREADABLE = 2
MOST_REASONS = 12
OBJECTS = 50_000
"""After how many new objects garbage is looked for: a list is many objects and leaves little of it."""
FIRST_SCHOOL = "本校"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what both commands understand."""
    parser.add_argument("file", type=Path, help=_("the xlsx, xls or csv file"))
    parser.add_argument("--sheet", help=_("the sheet; without it the headers tell"))
    parser.add_argument(
        "--columns",
        help=_("what the columns hold, in order, for a list without a header: 位置,书名,-,作者"),
    )
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))
    parser.add_argument(
        "--school",
        help=_("the school; in an empty library it is made, by default as 本校"),
    )
    parser.add_argument(
        "--refused", type=Path, help=_("where to put the rows that were not taken in")
    )


def run(kind: Kind, options: argparse.Namespace, **chosen: Any) -> int:
    """Bring a file in; the number is 0 when every row is in or explained, 2 if it can't be read."""
    if not options.file.is_file():
        gone = FileRefused(Fault.GONE, {"name": options.file})
        raise CommandFailed(wording.fault(gone), code=UNREADABLE)
    gc.set_threshold(OBJECTS)
    school = _school(options.school)
    with scope(school=school):
        _finish_what_was_cut_off(school)
        choices = Choices(
            kind=kind,
            name=options.file.name,
            sheet=options.sheet,
            mapped=_mapped(kind, options),
            **chosen,
        )
        return _bring(school, choices, options)


def _bring(school: School, choices: Choices, options: argparse.Namespace) -> int:
    name = keeping.new_folder(school)
    try:
        shown = _prepared(school, choices, options.file, name)
        _say_preview(choices.kind, shown)
        acting = sum(shown["counts"][verdict] for verdict in running.ACTING)
        report = shown
        if acting:
            if not options.yes and not agrees(_("Take this in?")):
                say(_("Nothing was recorded."))
                return 1
            report = _taken_in(school, choices, shown, name, total=acting)
        _hand_over_refused(report, name, options)
        _say_counts(report)
    finally:
        if not any(job.file == name for job in unfinished(school=school)):
            keeping.throw_away(name)
    return 0


def _prepared(school: School, choices: Choices, file: Path, name: str) -> dict[str, Any]:
    say(_("Reading %(file)s …") % {"file": file})
    try:
        return preview.prepare(
            school=school,
            file=file,
            choices=choices,
            folder=keeping.folder_of(name),
            today=school.day(now()),
        )
    except FileRefused as not_read:
        raise CommandFailed(wording.fault(not_read), code=UNREADABLE) from not_read
    except preview.NoHeader as unknown:
        sheets = preview.sheets_in(keeping.folder_of(name))
        raise CommandFailed(_columns_shown(sheets), code=UNREADABLE) from unknown


def _taken_in(
    school: School, choices: Choices, shown: Mapping[str, Any], name: str, *, total: int
) -> dict[str, Any]:
    params = {"choices": choices.as_params(), "report": shown}
    with transaction.atomic():  # claimed before a server beside this command sees it
        job = jobs.start(
            school=school,
            kind=running.IMPORT,
            by=None,
            now=now(),
            params=params,
            total=total,
            file=name,
        )
        jobs.claim(job, runner=this_runner(), now=now())
    return _run(job)


def _run(job: Job) -> dict[str, Any]:
    bar = Bar(_("Taking in"))
    try:
        running.take_in(job, now, show=bar.show)
    except jobs.JobStopped as stopped:
        raise CommandFailed(_("The import was stopped. What came in before stays.")) from stopped
    except Exception:
        jobs.fail(job, error=str(UNFORESEEN), now=now())
        raise
    if job.state == State.FAILED:
        raise CommandFailed(job.error)
    return dict(job.report)


def _finish_what_was_cut_off(school: School) -> None:
    """Go on with an import that was killed: else its rows would come in twice, now and later."""
    for job in unfinished(school=school):
        if job.kind != running.IMPORT:
            continue
        if not jobs.claim(job, runner=this_runner(), now=now()):
            raise CommandFailed(_("Another import is running. Wait until it has ended."))
        say(_("An import was cut off; it is finished first: %(file)s") % _named(job))
        _run(job)


def _named(job: Job) -> dict[str, str]:
    return {"file": job.params["choices"]["name"]}


def _school(name: str | None) -> School:
    schools = list(School.objects.order_by("id"))
    if not schools:
        made = create_school(name=name or FIRST_SCHOOL, by=None, now=now())
        say(_("The library was empty: the school “%(name)s” was made.") % {"name": made.name})
        return made
    found = [one for one in schools if name is None or name in (one.name, one.code)]
    if len(found) == 1:
        return found[0]
    raise CommandFailed(
        _("Which school? Say it with --school: %(schools)s")
        % {"schools": "、".join(one.name for one in schools)},
        code=UNREADABLE,
    )


def _mapped(kind: Kind, options: argparse.Namespace) -> dict[str, list[str]]:
    """Read `--columns 位置,书名,-`: a word of a header or the name of a field for each column."""
    if not options.columns:
        return {}
    fields = []
    for word in options.columns.replace("，", ",").split(","):
        plain = word.strip()
        found = plain if plain in FIELDS[kind] else field_of(kind, plain, learned={})
        if found is None and plain not in ("", "-"):
            raise CommandFailed(
                _("“%(word)s” names no field. These are: %(known)s.")
                % {"word": plain, "known": ", ".join(FIELDS[kind])},
                code=UNREADABLE,
            )
        fields.append(found or IGNORED)
    return {options.sheet or options.file.stem: fields}


def _say_preview(kind: Kind, shown: Mapping[str, Any]) -> None:
    for table in shown["tables"]:
        columns = ", ".join(
            f"{column['header']} = {wording.field_name(kind, column['field'])}"
            for column in table["columns"]
            if column["field"]
        )
        say(_("Sheet “%(sheet)s”: %(rows)s rows") % table)
        say(f"  {columns}")
        aside = [c["header"] for c in table["columns"] if not c["field"] and c["header"]]
        if aside:
            say(_("  left aside: %(columns)s") % {"columns": ", ".join(aside)})
    for said in shown["remarks"]:
        say(f"! {wording.remark(said)}")
    if shown["copies"]:
        say(_("Copies that would come in: %(copies)s") % shown)
    if shown["classes"]:
        say(_("Classes that would be made: %(classes)s") % {"classes": len(shown["classes"])})
    for code, times in list(shown["reasons"].items())[:MOST_REASONS]:
        verdict, _dot, reason = code.partition(".")
        words = str(wording.REASONS[Reason(reason)]) % {"value": "…"}
        say(f"  {wording.VERDICTS[Verdict(verdict)]} {times}: {words}")


def _columns_shown(sheets: list[dict[str, Any]]) -> str:
    lines = [str(wording.NO_HEADER)]
    for sheet in sheets:
        lines.append(_("Sheet “%(sheet)s”: %(rows)s rows") % sheet)
        lines += ["  " + " | ".join(cells) for cells in sheet["first"][:3]]
    lines.append(_("Say it like this: --sheet NAME --columns 位置,书名,-,作者"))
    return "\n".join(lines)


def _hand_over_refused(report: Mapping[str, Any], name: str, options: argparse.Namespace) -> None:
    if not report["counts"][Verdict.REFUSED]:
        return
    wanted = options.refused or Path(f"{options.file.stem}-未导入.xlsx")
    try:
        shutil.copyfile(keeping.folder_of(name) / refused.FILE, wanted)
    except OSError as error:
        complain(
            _("The rows that were not taken in could not be written to %(file)s: %(error)s")
            % {"file": wanted, "error": error}
        )
    else:
        say(_("Rows that were not taken in, each with its reason: %(file)s") % {"file": wanted})


def _say_counts(report: Mapping[str, Any]) -> None:
    """Print the five counts, the last line that a program may read."""
    counts = (f"{wording.VERDICTS[verdict]} {report['counts'][verdict]}" for verdict in Verdict)
    say(" · ".join(counts))
