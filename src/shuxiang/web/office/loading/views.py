"""A list comes in: choose the file, name the columns if need be, look at every row, take it in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuxiang.interop.excel import (
    asking,
    keeping,
    plan_file,
    preview,
    refused,
    taking_back,
    template,
    wording,
)
from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.preview import Choices
from shuxiang.interop.excel.running import IMPORT, PREVIEW
from shuxiang.interop.excel.taking_back import TAKE_BACK
from shuxiang.interop.excel.verdicts import Verdict
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.rules import UNFINISHED, State
from shuxiang.web.access import Request, may
from shuxiang.web.office.loading.forms import CHOICES, ColumnsForm, FileForm
from shuxiang.web.office.loading.rows import ShownRows, filters, headings

KINDS = (PREVIEW, IMPORT, TAKE_BACK)
A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@may("jobs.see_jobs")
@require_safe
def see_jobs(request: Request) -> HttpResponse:
    """List what was imported, and offer to bring a list."""
    imports = Job.objects.filter(school=request.school, kind=IMPORT).select_related("by")
    page = Paginator(imports.order_by("-id"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "office/loading/imports.html", {"page": page})


@may("jobs.start")
def bring(request: Request, kind: Kind) -> HttpResponse:
    """Choose a file; it is kept and read, and nothing is recorded."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        job = asking.bring(
            school=request.school,
            kind=kind,
            name=file.name,
            chunks=file.chunks(),
            by=request.user,
            now=now(),
        )
        return redirect("loading.see", job.pk)
    context = {"form": form, "kind": kind, "is_books": kind is Kind.BOOKS, "at": 1}
    status = 422 if request.method == "POST" else 200
    return render(request, "office/loading/bring.html", _with_steps(context), status=status)


@may("jobs.start")
@require_safe
def empty_list(request: Request, kind: Kind) -> HttpResponse:
    """Give an empty list to fill in."""
    name = "图书导入表.xlsx" if kind is Kind.BOOKS else "读者导入表.xlsx"
    answer = HttpResponse(template.workbook(kind), content_type=XLSX)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@may("jobs.see_jobs")
@require_safe
def see(request: Request, pk: int) -> HttpResponse:
    """Show how far a list is: being read, to be looked at, being taken in, done."""
    job = _job(request, pk)
    if job.state in UNFINISHED:
        return render(request, "office/loading/running.html", _context(job))
    if job.state == State.FAILED:
        return render(request, "office/loading/failed.html", _context(job))
    if job.kind == TAKE_BACK:
        return redirect("loading.see", job.params["taken_in"])
    if job.kind == IMPORT:
        return render(request, "office/loading/result.html", _context(job))
    return _see_preview(request, job)


@may("jobs.see_jobs")
@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """Show how far it is now; once it has ended the page shows what came of it."""
    job = _job(request, pk)
    if job.state in UNFINISHED:
        return render(request, "office/loading/running.html#progress", _context(job))
    return HttpResponse(headers={"HX-Redirect": reverse("loading.see", args=[pk])})


@may("jobs.start")
def name_columns(request: Request, pk: int) -> HttpResponse:
    """Say by hand what the columns hold; it is remembered for the next list."""
    job = _shown(request, pk)
    choices = Choices.from_params(job.params)
    sheets = preview.sheets_in(keeping.folder_of(job.file))
    form = ColumnsForm(request.POST or None, kind=choices.kind, sheets=sheets)
    if form.is_bound and form.is_valid():
        again = asking.name_columns(shown=job, mapped=form.mapped(), by=request.user, now=now())
        return redirect("loading.see", again.pk)
    context = {**_context(job), "form": form, "is_unknown": not job.report, "at": 2}
    status = 422 if form.is_bound else 200
    return render(request, "office/loading/columns.html", _with_steps(context), status=status)


@may("jobs.start")
@require_POST
def look_again(request: Request, pk: int) -> HttpResponse:
    """Read the same file with other choices."""
    job = _shown(request, pk)
    choices = Choices.from_params(job.params)
    form = CHOICES[choices.kind](request.POST)
    if form.is_valid():
        choices = replace(choices, **form.cleaned_data)
    again = asking.look_again(shown=job, choices=choices, by=request.user, now=now())
    return redirect("loading.see", again.pk)


@may("jobs.start")
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Take in what was shown."""
    job = _shown(request, pk)
    try:
        begun = asking.confirm(shown=job, by=request.user, now=now())
    except asking.Busy as busy:
        messages.warning(request, _("Another list is being taken in. Wait until it is done."))
        return redirect("loading.see", busy.job.pk)
    except asking.Stale:
        messages.warning(
            request,
            _(
                "Books or readers were changed meanwhile, so the list was compared again. Look once more."
            ),
        )
        choices = Choices.from_params(job.params)
        begun = asking.look_again(shown=job, choices=choices, by=request.user, now=now())
    return redirect("loading.see", begun.pk)


@may("jobs.start")
@require_POST
def give_up(request: Request, pk: int) -> HttpResponse:
    """Forget a list that was only shown."""
    asking.give_up(shown=_shown(request, pk), by=request.user, now=now())
    messages.info(request, _("The list is forgotten. Nothing was recorded."))
    return redirect("jobs.see_jobs")


@may("jobs.start")
def take_back(request: Request, pk: int) -> HttpResponse:
    """Show what taking an import back would do, and do it."""
    job = _job(request, pk)
    if not taking_back.is_open(job):
        return redirect("loading.see", pk)
    if request.method == "POST":
        begun = taking_back.ask(taken_in=job, by=request.user, now=now())
        return redirect("loading.see", begun.pk)
    found = taking_back.would_go(job)
    stays = [(one, wording.stays(one.why)) for one in found.first]
    context = _context(job) | {"would_go": found, "stays": stays}
    return render(request, "office/loading/take_back.html", context)


@may("jobs.see_jobs")
@require_safe
def refused_rows(request: Request, pk: int) -> HttpResponseBase:
    """Give the rows that do not come in, with their reasons."""
    job = _job(request, pk)
    path = keeping.folder_of(job.file) / refused.FILE
    if not job.file or not path.is_file():
        raise Http404
    name = f"{_name_of(job).rpartition('.')[0]}-未导入.xlsx"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=XLSX)


def _see_preview(request: Request, job: Job) -> HttpResponse:
    latest = asking.latest(job)
    if latest.pk != job.pk:
        return redirect("loading.see", latest.pk)
    folder = keeping.folder_of(job.file)
    if not job.report and keeping.source_of(job.file).exists():
        return redirect("loading.name_columns", job.pk)
    if job.state == State.TAKEN_BACK or not (folder / plan_file.PLAN).exists():
        return redirect("jobs.see_jobs")
    return render(request, "office/loading/preview.html", _preview_context(request, job))


def _preview_context(request: Request, job: Job) -> dict[str, Any]:
    choices, report = Choices.from_params(job.params), job.report
    said = request.GET.get("verdict", "")
    verdict = Verdict(said) if said in set(Verdict) else None
    length = report["counts"][verdict] if verdict else report["rows"]
    rows = ShownRows(keeping.folder_of(job.file), verdict=verdict, length=length)
    initial = {name: getattr(choices, name) for name in CHOICES[choices.kind].base_fields}
    context = _context(job) | {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "filters": filters(report["counts"], verdict),
        "all_is_chosen": verdict is None,
        "headings": headings(choices.kind),
        "form": CHOICES[choices.kind](initial=initial),
        "acting": report["rows"] - report["counts"]["same"] - report["counts"]["refused"],
        "remarks": [wording.remark(remark) for remark in report["remarks"]],
        "at": 3,
    }
    return _with_steps(context)


def _context(job: Job) -> dict[str, Any]:
    kind = _kind_of(job)
    return {
        "job": job,
        "kind": kind,
        "is_books": kind is Kind.BOOKS,
        "is_import": job.kind == IMPORT,
        "is_take_back": job.kind == TAKE_BACK,
        "may_be_taken_back": taking_back.is_open(job),
        "name": _name_of(job),
        "report": job.report,
        "can_fetch": (keeping.folder_of(job.file) / refused.FILE).is_file(),
    }


def _with_steps(context: dict[str, Any]) -> dict[str, Any]:
    names = [_("Choose the file"), _("Name the columns"), _("Look at every row"), _("Take it in")]
    return {**context, "steps": names}


def _job(request: Request, pk: int) -> Job:
    found = Job.objects.filter(school=request.school, pk=pk, kind__in=KINDS).first()
    if found is None:
        raise Http404
    return found


def _shown(request: Request, pk: int) -> Job:
    """Find a list that was read and waits for what a person says."""
    job = _job(request, pk)
    waits = job.kind == PREVIEW and job.state == State.DONE
    if not waits or not keeping.source_of(job.file).exists():
        raise Http404
    return job


def _kind_of(job: Job) -> Kind:
    return Kind(job.params.get("kind") or job.params["choices"]["kind"])


def _name_of(job: Job) -> str:
    return str(job.params.get("name") or job.params["choices"]["name"])
