"""Words for a reader who looks at the own things: the desk's codes, said to a child."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shuxiang.catalogue.queries import shown_name
from shuxiang.circulation.models import Loan
from shuxiang.circulation.queries.rows import RenewedLine
from shuxiang.circulation.rules import RenewalReason

WHY_NOT = {
    RenewalReason.RETURNED: gettext_lazy("It is back in the library already."),
    RenewalReason.RENEWED_ENOUGH: gettext_lazy("It cannot be renewed more often."),
    RenewalReason.OVERDUE: gettext_lazy("It is past its day: bring it back first."),
    RenewalReason.HELD_FOR_ANOTHER: gettext_lazy("Somebody is waiting for it."),
    RenewalReason.IN_ROOM: gettext_lazy("It is read in the library and cannot be renewed."),
    RenewalReason.READER_RESTRICTED: gettext_lazy(
        "Your borrowing is paused at the moment; ask the librarian."
    ),
    RenewalReason.NO_LATER_DAY: gettext_lazy("It would not get any later by renewing it today."),
}


def title_of(loan: Loan) -> str:
    """Write a loan's title as the school calls it, with the volume of the copy."""
    return shown_name(loan.copy.holding, loan.copy.volume)


def day(value: date) -> str:
    """Write a day as one says it: 9月30日."""
    return date_format(value, pgettext("date format", "j N"))


def renewed(line: RenewedLine) -> str:
    """Say until when a book can stay now."""
    until = day(line.due_on) if line.due_on else ""
    return _("《%(title)s》 can stay with you until %(day)s.") % {"title": line.title, "day": until}


def kept(title: str, reasons: Iterable[RenewalReason]) -> str:
    """Say everything that keeps a book from being renewed."""
    why = why_not(reasons)
    return _("《%(title)s》 was not renewed. %(why)s") % {"title": title, "why": why}


def why_not(reasons: Iterable[RenewalReason]) -> str:
    """Say all reasons, one sentence each."""
    return _(" ").join(str(WHY_NOT[reason]) for reason in reasons)
