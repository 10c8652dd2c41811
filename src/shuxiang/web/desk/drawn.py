"""Parts of the desk that every scan draws anew, in Python: as templates they would take as long as the loan itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from django.utils.formats import date_format
from django.utils.html import conditional_escape as safe
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shuxiang.catalogue.models import Copy
from shuxiang.circulation.queries import LoanLine, Panel, Row
from shuxiang.web.components.drawn import tile
from shuxiang.web.desk.wording import WEEKDAYS

CLOCK, LATE = "%H:%M", ' class="late"'


def day(value: date) -> str:
    """Write a day as a date that one reads from a metre away: 11月24日."""
    return date_format(value, pgettext("date format", "j N"))


def day_and_weekday(value: date) -> str:
    """Write a day with its weekday: 11月24日 周二."""
    return _("%(day)s, %(weekday)s") % {"day": day(value), "weekday": WEEKDAYS[value.weekday()]}


def panel_opens(panel: Panel) -> SafeString:
    """Draw the beginning of the panel of a reader, and who it is."""
    reader = panel.reader
    group = safe(panel.class_name or reader.get_category_display())
    seat = safe(_("no. %(seat)s") % {"seat": reader.seat}) if reader.seat else ""
    name = safe(reader.name)
    return SafeString(
        f'<aside class="sx-reader" id="reader" tabindex="0" aria-label="{safe(_("Reader at the desk"))}"'
        f' data-reader="{reader.pk}" data-name="{name}" data-who="{safe(panel.class_name)} {name}">'
        f'<div class="head">{tile(reader.name, panel.grade, size="lg")}'
        f'<div><p class="name">{name}</p><p class="class">{group} {seat}</p></div></div>'
    )


def panel_closes() -> SafeString:
    """Draw the end of the panel of a reader."""
    return SafeString("</aside>")


def panel_loans(lines: Sequence[LoanLine]) -> SafeString:
    """Draw what a reader has out, and when each is due."""
    if not lines:
        return SafeString("")
    rows = "".join(
        f"<li{LATE if line.days_late else ''}>"
        f'<span class="t">{safe(line.title)}</span><span class="d">{safe(_due(line))}</span></li>'
        for line in lines
    )
    return SafeString(
        f"<section><h3>{safe(_('Out now'))}<span>{safe(_('Due'))}</span></h3>"
        f'<ul class="sx-loans">{rows}</ul></section>'
    )


def _due(line: LoanLine) -> str:
    if line.days_late:
        late = ngettext("%(days)s day late", "%(days)s days late", line.days_late)
        return late % {"days": line.days_late}
    if line.due_time:
        return _("today %(time)s") % {"time": clock(line.due_time)}
    return day(line.due_on)


def clock(moment: time) -> str:
    """Write an hour and its minutes: 12:50."""
    return moment.strftime(CLOCK)


def lent_to(row: Row) -> SafeString:
    """Draw who took a book home, and which it is."""
    if row.reader is None or row.copy is None:
        return SafeString("")
    who = _("to <b>%(name)s</b> %(class)s") % {
        "name": safe(row.reader.name),
        "class": safe(row.class_name),
    }
    line = book_line(row.copy)
    return SafeString(f'<p class="fact"><span class="who">{who} · </span>{line}</p>')


def due_of(row: Row) -> SafeString:
    """Draw when a book must be back that has just been lent."""
    if row.loan is None:
        return SafeString("")
    in_room = row.loan.kind == row.loan.Kind.IN_ROOM
    if row.loan.due_time:
        until = clock(row.loan.due_time)
    else:
        until = _("today") if in_room else day_and_weekday(row.loan.due_on)
    by = _("Back by") if in_room else _("Due")
    return SafeString(f'<span class="due"><small>{safe(by)}</small>{safe(until)}</span>')


def book_line(copy: Copy) -> SafeString:
    """Write who made a book, where it stands, and its label."""
    parts = [copy.holding.title.author, copy.holding.call_number]
    code = format_html('<span class="code">{}</span>', copy)
    return format_html_join(" · ", "{}", [(part,) for part in [*filter(None, parts), code]])
