"""One request a scan."""

from __future__ import annotations

from django.http import HttpResponse

from shuxiang.web.access import Request, may
from shuxiang.web.desk.answering import answer
from shuxiang.web.desk.asking import read
from shuxiang.web.desk.guarding import act
from shuxiang.web.desk.said import Said
from shuxiang.web.desk.scanning import carry_out
from shuxiang.web.desk.standing_by import NotApproved, approver


@may("circulation.lend")
@act
def scan(request: Request) -> HttpResponse:
    """Lend, take back, show a reader, or say why not."""
    asked = read(request)
    trouble = None
    try:
        asked = asked.approved(approver(request))
    except NotApproved as refused:
        trouble = Said(what=refused.trouble)
        asked = asked.unconfirmed()
    return answer(request, asked, carry_out(asked), trouble=trouble)
