"""What a desk draws anew at every scan, in Python: as templates it would take as long as the loan itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from shuxiang.catalogue.models import Copy
from shuxiang.catalogue.queries import shown_name
from shuxiang.circulation.models import Loan
from shuxiang.circulation.queries import LoanLine, Panel, Row
from shuxiang.circulation.rules import Note
from shuxiang.circulation.wording import NOTES, REMARKS
from shuxiang.readers.models import Reader
from shuxiang.web.components.drawn import act_closes, act_opens, act_side, quota, safe, same, tile
from shuxiang.web.components.people import photo_url
from shuxiang.web.desk.wording import WEEKDAYS

CLOCK, LATE = "%H:%M", ' class="late"'
TO_THE_LIBRARIAN = frozenset({Note.WAS_WITHDRAWN, Note.IN_PROCESS})


def answer(
    *, what: str, tone: str, speech: str, reader: Reader | None, row: SafeString, panel: SafeString
) -> SafeString:
    """Draw what goes back to the page for an act: its row, and the reader in sight."""
    key, name = (reader.pk, safe(reader.name)) if reader else ("", "")
    return SafeString(
        f'<div data-answer="{what}" data-tone="{tone}" data-say="{safe(speech)}"'
        f' data-reader="{key}" data-reader-name="{name}"><ol data-rows>{row}</ol>{panel}</div>'
    )


def row(row: Row, *, latest: bool = False, helper: bool = False) -> SafeString:
    """Draw the row of an act; what happens seldom is a template."""
    if row.copy and row.verb == "lend" and not row.undone_at:
        return _lent(row, row.copy, latest=latest)
    if row.copy and row.verb == "take_back" and not row.undone_at:
        return _back(row, row.copy, latest=latest, helper=helper)
    shown = {"row": row, "latest": latest, "helper": helper}
    return render_to_string("desk/row.html", shown)


def _lent(row: Row, copy: Copy, *, latest: bool) -> SafeString:
    kind = "inroom" if row.loan and row.loan.kind == Loan.Kind.IN_ROOM else "lent"
    name = row.reader.name if row.reader else ""
    about = {
        "data-reader": row.reader.pk if row.reader else "",
        "data-who": f"{row.class_name} {name}",
    }
    return SafeString(
        f"{_opens(row, copy, kind, latest=latest, **about)}{_lent_to(row, copy)}"
        f"{_remarks(row)}{_passed(row)}"
        f"{act_side()}{_due(row)}{same('desk/row/undo.html')}{act_closes()}"
    )


def _back(row: Row, copy: Copy, *, latest: bool, helper: bool) -> SafeString:
    kind = "held" if row.hold else "back"
    who = f"<b>{safe(row.reader.name)}</b> {safe(row.class_name)} · " if row.reader else ""
    notes = "".join(f"{safe(_note(row, code, helper=helper))} · " for code in row.notes)
    return SafeString(
        f"{_opens(row, copy, kind, latest=latest)}{_waited_for(row, helper=helper)}"
        f'<p class="fact">{"" if helper else who}{notes}{book_line(copy)}</p>{act_side()}'
        f'<span class="sx-put">{safe(_put(row, copy))}</span>'
        f"{same('desk/row/undo.html')}{act_closes()}"
    )


def _note(row: Row, code: Note, *, helper: bool) -> str:
    """Say what is odd about a return; a helper learns that it is late, and not by how much."""
    if helper and code is Note.OVERDUE:
        return _("late")
    return str(NOTES[code]) % {"days": row.days_late}


def _opens(row: Row, copy: Copy, kind: str, *, latest: bool, **about: object) -> SafeString:
    shown = {
        "id": f"act-{row.entry.pk}",
        "data-act": row.entry.pk,
        **about,
        "data-at": clock(localtime(row.entry.at)),
    }
    return act_opens(kind=kind, title=name_of(copy), latest=latest, attributes=shown)


def _lent_to(row: Row, copy: Copy) -> str:
    if row.reader is None:
        return ""
    who = _("to <b>%(name)s</b> %(class)s") % {
        "name": safe(row.reader.name),
        "class": safe(row.class_name),
    }
    return f'<p class="fact"><span class="who">{who} · </span>{book_line(copy)}</p>'


def _remarks(row: Row) -> str:
    """Say what was noted of a loan."""
    return "".join(f'<p class="fact">{safe(str(REMARKS[one]))}</p>' for one in row.remarks)


def _passed(row: Row) -> str:
    if not row.passed:
        return ""
    why = row.entry.details.get("why", "")
    if by := row.entry.approved_by:
        words = _("Passed by %(name)s: %(why)s") % {"name": by.name, "why": why}
    else:
        words = _("Passed: %(why)s") % {"why": why}
    return f'<p class="fact">{safe(words)}</p>'


def _waited_for(row: Row, *, helper: bool) -> str:
    if not row.hold:
        return ""
    if helper:
        words = safe(_("Somebody waits for it: do not shelve it."))
    else:
        name = safe(row.hold.reader.name if row.hold.reader else "")
        words = SafeString(_("<b>%(name)s</b> waits for it: do not shelve it.") % {"name": name})
    return f'<p class="fact">{words}</p>'


def _put(row: Row, copy: Copy) -> str:
    """Say where the book in the hand belongs."""
    if row.hold:
        return _("Hold shelf, place %(place)s") % {"place": row.hold.place}
    if TO_THE_LIBRARIAN & set(row.notes):
        return _("To the librarian")
    if Note.WAS_IN_REPAIR in row.notes:
        return _("To the repairs")
    if copy.standing == "set_aside":
        return _("Hold shelf")
    return _("Shelve: %(shelf)s") % {"shelf": copy.shelf} if copy.shelf else _("To be shelved")


def _due(row: Row) -> str:
    """Draw when a book must be back that has just been lent."""
    if row.loan is None:
        return ""
    in_room = row.loan.kind == Loan.Kind.IN_ROOM
    if row.loan.due_time:
        until = clock(row.loan.due_time)
    else:
        until = _("today") if in_room else day_and_weekday(row.loan.due_on)
    by = _("Back by") if in_room else _("Due")
    return f'<span class="due"><small>{safe(by)}</small>{safe(until)}</span>'


def panel(panel: Panel, *, helper: bool, limited: bool) -> SafeString:
    """Draw the reader at the desk: who it is, how many are out, which, and when the class comes."""
    reader = panel.reader
    group = safe(panel.class_name or reader.get_category_display())
    seat = safe(_("no. %(seat)s") % {"seat": reader.seat}) if reader.seat else ""
    name = safe(reader.name)
    seldom = reader.left_on or panel.restrictions
    notices = render_to_string("desk/panel/notices.html", {"panel": panel}) if seldom else ""
    return SafeString(
        f'<aside class="sx-reader" id="reader" tabindex="0" aria-label="{safe(_("Reader at the desk"))}"'
        f' data-reader="{reader.pk}" data-name="{name}" data-who="{safe(panel.class_name)} {name}">'
        f'<div class="head">{tile(reader.name, panel.grade, size="lg", photo=photo_url(reader.pk, panel.photo))}'
        f'<div><p class="name">{name}</p><p class="class">{group} {seat}</p></div></div>'
        f"<section>{_quota(panel, helper=helper)}{notices}</section>"
        f"{_loans(panel.loans)}{_waiting(panel)}{_class(panel)}"
        f"<footer>{same('desk/panel/renew.html') if panel.out and not limited else ''}"
        f"{same('desk/panel/leave.html')}</footer></aside>"
    )


def _quota(panel: Panel, *, helper: bool) -> str:
    counts = {"out": panel.out, "limit": panel.limit, "term": panel.this_term}
    if panel.reader.left_on:
        say = _("Returns only")
    elif panel.free:
        say = ngettext("%(free)s more book", "%(free)s more books", panel.free)
        say %= {"free": panel.free}
    else:
        say = _("%(out)s out, full") % counts
    if helper:
        note = _("%(out)s of %(limit)s out")
    else:
        note = _("%(out)s of %(limit)s out · %(term)s this term")
    shelf = quota(
        borrowed=panel.out, late=panel.late, limit=panel.limit, say=say, note=note % counts
    )
    return shelf + (
        same("desk/panel/late.html", late=panel.late, helper=helper) if panel.late else ""
    )


def _loans(lines: Sequence[LoanLine]) -> str:
    if not lines:
        return ""
    rows = "".join(
        f"<li{LATE if line.days_late else ''}>"
        f'<span class="t">{safe(line.title)}</span><span class="d">{safe(_due_of_line(line))}</span></li>'
        for line in lines
    )
    return (
        f"<section><h3>{safe(_('Out now'))}<span>{safe(_('Due'))}</span></h3>"
        f'<ul class="sx-loans">{rows}</ul></section>'
    )


def _due_of_line(line: LoanLine) -> str:
    if line.days_late:
        late = ngettext("%(days)s day late", "%(days)s days late", line.days_late)
        return late % {"days": line.days_late}
    if line.due_time:
        return _("today %(time)s") % {"time": clock(line.due_time)}
    return day(line.due_on)


def _waiting(panel: Panel) -> str:
    if not panel.holds and not panel.ready:
        return ""
    return render_to_string("desk/panel/holds.html", {"panel": panel})


def _class(panel: Panel) -> str:
    if not panel.next_visit_on and not panel.teacher:
        return ""
    shown = {"next_visit_on": panel.next_visit_on, "teacher": panel.teacher}
    return same("desk/panel/class.html", **shown)


def day(value: date) -> str:
    """Write a day as a date that one reads from a metre away: 11月24日."""
    return date_format(value, pgettext("date format", "j N"))


def day_and_weekday(value: date) -> str:
    """Write a day with its weekday: 11月24日 周二."""
    return _("%(day)s, %(weekday)s") % {"day": day(value), "weekday": WEEKDAYS[value.weekday()]}


def clock(moment: time | datetime) -> str:
    """Write an hour and its minutes: 12:50."""
    return moment.strftime(CLOCK)


def name_of(copy: Copy) -> str:
    """Write the title of a copy with its volume."""
    name = shown_name(copy.holding)
    return name if name.endswith(copy.volume) else f"{name} {copy.volume}"


def book_line(copy: Copy) -> SafeString:
    """Write who made a book, where it stands, and its label."""
    parts = [copy.holding.title.author, copy.holding.call_number]
    said = "".join(f"{safe(part)} · " for part in parts if part)
    return SafeString(f'{said}<span class="code">{safe(copy)}</span>')
