"""What the desk's templates need beyond `if` and `for`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from shuxiang.catalogue.models import Copy, Holding
from shuxiang.catalogue.queries import shown_name
from shuxiang.circulation.rules import HoldReason, Note, Objection, RenewalReason, UndoReason
from shuxiang.circulation.wording import HOLDS, NOTES, OBJECTIONS, RENEWALS, UNDOS
from shuxiang.student_librarians.rules import DeskRefusal
from shuxiang.student_librarians.wording import DESK_REFUSALS
from shuxiang.web.desk import drawn
from shuxiang.web.desk.boards import Cell
from shuxiang.web.desk.said import Said
from shuxiang.web.desk.wording import FOR_HELPERS, SENTENCES, STANDINGS, WORDS

register = template.Library()
TILES_KEPT = 400

register.filter(drawn.day)
register.filter(drawn.day_and_weekday)
register.filter(drawn.name_of)
register.simple_tag(drawn.book_line)
register.simple_tag(drawn.panel, name="panel_of")
register.simple_tag(drawn.row, name="row_of")


@register.filter
def title_of(holding: Holding) -> str:
    """Write the title of a holding as this school shows it."""
    return shown_name(holding)


@register.filter
def word(said: Said) -> str:
    """Say in a word what happened."""
    return str(WORDS[said.what])


@register.filter
def sentence(said: Said) -> str:
    """Say what happened, whether anything was recorded, and what to do."""
    if isinstance(said.what, DeskRefusal):
        return str(DESK_REFUSALS[said.what]) % said.details
    return str(SENTENCES.get(said.what, "")) % said.details


@register.filter
def objection(said: Objection) -> str:
    """Say what speaks against a loan."""
    return str(OBJECTIONS[said.reason]) % said.details


@register.filter
def objection_for_helper(said: Objection) -> str:
    """Say what speaks against a loan, and nothing of the reader that the desk does not need."""
    return str(FOR_HELPERS.get(said.reason, OBJECTIONS[said.reason])) % said.details


@register.filter
def note(code: Note, days_late: int) -> str:
    """Say what is odd about a return."""
    return str(NOTES[code]) % {"days": days_late}


@register.filter
def renewals(reasons: Iterable[RenewalReason]) -> str:
    """Say everything that stops a renewal."""
    return pgettext("between two reasons", " ").join(str(RENEWALS[reason]) for reason in reasons)


@register.filter
def hold_words(reason: HoldReason) -> str:
    """Say what stops a hold."""
    return str(HOLDS[reason])


@register.filter
def undo_words(reason: UndoReason) -> str:
    """Say what rests on an act."""
    return str(UNDOS[reason])


@register.filter
def odd(copy: Copy) -> str:
    """Say what is odd about the standing of a copy that is in; nothing if nothing is."""
    return str(STANDINGS.get(copy.standing, ""))  # type: ignore[call-overload]


@register.simple_tag
def tile_of(cell: Cell) -> SafeString:
    """Draw a pupil on the grid of a class; one scan changes one tile of forty."""
    pupil = cell.pupil
    return _tile(
        language=get_language(),
        number=cell.number,
        name=pupil.reader.name,
        kind=cell.kind,
        words=cell.words,
        icon=cell.icon,
        reader=pupil.reader.pk,
        group=cell.group,
        photo=cell.photo,
        free=pupil.free,
        out=pupil.out,
    )


@lru_cache(maxsize=TILES_KEPT)
def _tile(**shown: str | int | None) -> SafeString:
    return render_to_string("desk/visit/tile.html", shown)


@register.filter
def codes(reasons: tuple[str, ...]) -> str:
    """Join the codes that a button posts back."""
    return ",".join(reasons)
