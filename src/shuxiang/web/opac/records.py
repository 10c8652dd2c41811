"""The record of one title, as the pages and the files of it need it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from shuxiang.catalogue.models import Holding
from shuxiang.catalogue.queries import shown
from shuxiang.web.access import Request
from shuxiang.web.opac import citing
from shuxiang.web.opac.citing import Person


def the_holding(request: Request, pk: int) -> Holding:
    return get_object_or_404(
        Holding.objects.select_related("title", "school").filter(school=request.school), pk=pk
    )


def people(holding: Holding) -> list[Person]:
    listed = [(one.name, one.role) for one in holding.title.contributors.all()]
    return citing.people(shown(holding).author, listed)


def isbns(holding: Holding) -> list[str]:
    numbers = holding.title.numbers.filter(kind="isbn").order_by("pk")
    return [number.written or number.value for number in numbers]
