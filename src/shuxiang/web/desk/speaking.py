"""What the desk says aloud: a few words, and never whose book it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from shuxiang.circulation.models import Loan
from shuxiang.circulation.queries import Row
from shuxiang.web.desk.drawn import day
from shuxiang.web.desk.said import Said
from shuxiang.web.desk.templatetags.desk import word


def of_row(row: Row) -> str:
    """Say an act."""
    if row.undone_at:
        return _("Undone")
    if row.verb == "lend" and row.loan:
        if row.loan.kind == Loan.Kind.IN_ROOM:
            return _("For the room, back today")
        return _("Lent until %(day)s") % {"day": day(row.loan.due_on)}
    if row.verb == "take_back":
        if row.hold:
            return _("Returned, hold shelf %(place)s") % {"place": row.hold.place}
        return _("Returned")
    return _("Renewed") if row.verb == "renew" else _("Hold placed")


def of_said(said: Said) -> str:
    """Say that nothing was recorded, or what is to be chosen."""
    return word(said) if said.is_shown else ""
