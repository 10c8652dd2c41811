"""What was done, by whom and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shuxiang.circulation.queries import is_of_visit, kiosk_names
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.queries import account_of, accounts_of
from shuxiang.platform.accounts.wording import deed
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.audit.queries import see_entries as kept_entries
from shuxiang.platform.schools.models import School
from shuxiang.web.access import Request, may
from shuxiang.web.office.people.account_forms import RecordFilter

A_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class Line:
    entry: Entry
    words: str
    whom: str
    """The account that it was done to; readers are not named here."""
    where: str


@may("audit.see_entries")
def see_entries(request: Request) -> HttpResponse:
    """List what was done, newest first."""
    accounts = list(accounts_of(request.school))
    shown = RecordFilter(request.GET, accounts=[one for one in accounts if not one.signs_in_by_pin])
    wanted = shown.cleaned_data if shown.is_valid() else {}
    by = account_of(request.school, wanted["by"]) if wanted.get("by") else None
    found = kept_entries(request.school, verb=wanted.get("verb", ""), by=by, on=wanted.get("on"))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"filter": shown, "page": page, "lines": _lines(list(page), accounts, request.school)}
    return render(request, "office/people/records.html", context)


def _lines(found: Sequence[Entry], accounts: Sequence[Account], school: School) -> list[Line]:
    kiosks = kiosk_names(school, [entry.place for entry in found])
    names = {account.pk: account.name for account in accounts}
    lines = []
    for entry in found:
        is_of_another = entry.subject_label == Account._meta.label and (
            entry.subject_id != entry.by_id
        )
        whom = names.get(entry.subject_id or 0, "") if is_of_another else ""
        where = _where(entry.place, kiosks)
        lines.append(Line(entry=entry, words=deed(entry.verb), whom=whom, where=where))
    return lines


def _where(place: str, kiosks: Mapping[str, str]) -> str:
    if place in kiosks:
        return _("Self-service %(name)s") % {"name": kiosks[place]}
    if is_of_visit(place):
        return _("Class visit")
    return _("Desk %(number)s") % {"number": place} if place else ""
