"""Parts that every scan and every search draw anew, in Python: as templates they would take longer than the loan itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shuxiang.web.components import covers, icons, measures, people

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
    """Draw the tile of a person: the portrait, else the surname, on the hue of a grade; or a free place."""
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


def cover(title: str, author: str = "", clc: str = "") -> SafeString:
    """Draw the cover of a book of which there is no picture."""
    label = gettext("Cover of “%(title)s”") % {"title": title}
    return covers.draw(title=str(title), author=str(author), clc=str(clc), label=label)


def availability(words: str, kind: str = "in") -> SafeString:
    """Draw whether a book can be had: a disc is in, a ring is out, a square is elsewhere."""
    return SafeString(f'<span class="sx-in {kind}">{safe(words)}</span>')


def hit(
    *,
    drawn_cover: SafeString,
    name: str,
    href: str,
    by: str = "",
    body: str = "",
    at: str = "",
    level: int = 3,
    tag: str = "article",
) -> SafeString:
    """Draw a book that was found: cover, name, who made it; `at` tells where it is."""
    leads = safe(href)
    line = f'<p class="by">{safe(by)}</p>' if by else ""
    return SafeString(
        f'<{tag} class="sx-hit">'
        f'<a class="sx-coverbox" href="{leads}" tabindex="-1" aria-hidden="true">{drawn_cover}</a>'
        f'<div><h{level} class="name"><a href="{leads}">{safe(name)}</a></h{level}>'
        f'{line}{safe(body)}</div><div class="at">{safe(at)}</div></{tag}>'
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing by which a list can be narrowed, and how many titles it would leave."""

    words: str | Promise
    count: int
    address: str
    is_chosen: bool = False


def facet(
    words: str, choices: Sequence[Choice], more: Sequence[Choice] = (), more_words: str = ""
) -> SafeString:
    """Draw the choices of a kind; some more may wait behind a word."""
    hidden = f"<details><summary>{safe(more_words)}</summary>{_choices(more)}</details>"
    return SafeString(
        f'<section class="sx-facet"><h3>{safe(words)}</h3>{_choices(choices)}'
        f"{hidden if more else ''}</section>"
    )


def _choices(choices: Iterable[Choice]) -> str:
    rows = "".join(
        f'<li><a href="{safe(one.address)}" rel="nofollow"{_CHOSEN if one.is_chosen else ""}>'
        f"<span>{safe(one.words)}{_take_off() if one.is_chosen else ''}</span>"
        f'<span class="n">{one.count}</span></a></li>'
        for one in choices
    )
    return f"<ul>{rows}</ul>"


_CHOSEN = ' aria-current="true"'


def _take_off() -> str:
    words = safe(gettext("(chosen: take it off)"))
    return f'<span class="visually-hidden">{words}</span>'
