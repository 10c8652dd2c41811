"""Parts that every scan draws anew, in Python: as templates they would take longer than the loan itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shuxiang.web.components import icons, measures, people

KIND_ICONS = {
    "good": "check",
    "wait": "clock",
    "bad": "alert-triangle",
    "info": "info-circle",
    "lent": "arrow-up-right",
    "back": "arrow-down-left",
    "held": "bookmark",
    "kept": "bookmark",
    "renewed": "refresh",
    "refused": "x",
    "inroom": "book",
    "undone": "arrow-back-up",
    "note": "info-circle",
    "waiting": "cloud-off",
    "late": "alert-triangle",
    "away": "user-off",
    "now": "barcode",
    "todo": "clock",
}
WORDS = {
    "lent": _("Lent"),
    "back": _("Returned"),
    "held": _("Returned"),
    "renewed": _("Renewed"),
    "kept": _("Renewed"),
    "refused": _("Not lent"),
    "inroom": _("In the room"),
    "undone": _("Undone"),
    "busy": _("Looking"),
    "waiting": _("Not recorded"),
}
NOTE = pgettext_lazy("said with a scan", "Note")
DRAWINGS_KEPT = 1_000
SPINNING = SafeString('<span class="sx-spin" aria-hidden="true"></span>')


def safe(value: object) -> str:
    """Make any value harmless on a page; what is markup already stays. Django's own, without its wrappers."""
    if isinstance(value, SafeString):
        return value
    text = str(value)
    return text if isinstance(text, SafeString) else escape(text)


def same(template_name: str, **shown: object) -> SafeString:
    """Draw a part that knows nothing but what it is given; it is drawn once for the same, in each language."""
    return _drawn(template_name, get_language(), **shown)


@lru_cache(maxsize=DRAWINGS_KEPT)
def _drawn(template_name: str, _language: str | None, **shown: object) -> SafeString:
    return render_to_string(template_name, shown)


def kind_icon(kind: str, name: str = "") -> SafeString:
    """Draw the shape that goes with a state, or the one that was named."""
    wanted = name or KIND_ICONS.get(kind, "")
    return icons.icon(wanted) if wanted and wanted != "none" else SafeString("")


def act_opens(
    *,
    kind: str,
    title: str,
    word: str = "",
    latest: bool = False,
    attributes: Mapping[str, object] | None = None,
    more: str = "",
    icon: str = "",
    title_class: str = "",
) -> SafeString:
    """Draw the beginning of an act's row: what happened, to what; its body follows.

    Attributes without a value are left out; `more` is markup as a template made it.
    """
    shown = "".join(
        f' {name}="{safe(value)}"'
        for name, value in (attributes or {}).items()
        if value not in ("", None)
    )
    css = f"sx-act {kind} is-latest" if latest else f"sx-act {kind}"
    busy = kind == "busy"
    if busy:
        shown += ' aria-busy="true"'
    return SafeString(
        f'<li class="{css}"{shown} {more}>'
        f'<div class="what">{SPINNING if busy else kind_icon(kind, icon)}'
        f"<span>{safe(word or WORDS.get(kind, NOTE))}</span></div>"
        f'<div class="body"><p class="title {title_class}">{safe(title)}</p>'
    )


def act_side() -> SafeString:
    """Draw the step from the body of an act's row to what stands beside it."""
    return SafeString('</div><div class="side">')


def act_closes() -> SafeString:
    """Draw the end of an act's row."""
    return SafeString("</div></li>")


def tile(
    name: str, grade: int | None = None, *, size: str = "", photo: str = "", free: bool = False
) -> SafeString:
    """Draw the tile of a person: a surname on the hue of a grade, a photo, or a free place."""
    mark = people.surname(name)
    css = "sx-tile" + " two" * (len(mark) > 1) + (f" is-{size}" if size else "")
    if photo:
        inside = f'<img src="{safe(photo)}" alt="">'
    else:
        inside = icons.icon("plus") if free else safe(mark)
    css += " is-free" * bool(free)
    return SafeString(
        f'<span class="{safe(css)}" data-grade="{people.hue(grade)}" aria-hidden="true">{inside}</span>'
    )


def quota(*, borrowed: int, late: int, limit: int, say: str, note: str = "") -> SafeString:
    """Draw the shelf of a reader: a spine a book, and a place for each that may come."""
    shelf = measures.spines(borrowed=borrowed, late=late, limit=limit)
    spines = "".join(
        f'<i class="sx-spine" data-grade="{one.hue}"></i>'
        if one.hue
        else f'<i class="sx-spine {one.kind}"></i>'
        for one in shelf
    )
    many = " is-many" if len(shelf) > measures.SPINES_WIDE else ""
    small = f"<small>{safe(note)}</small>" if note else ""
    return SafeString(
        f'<div class="sx-quota{many}"><div class="shelf" aria-hidden="true">{spines}</div>'
        f'<p class="say">{safe(say)}{small}</p></div>'
    )
