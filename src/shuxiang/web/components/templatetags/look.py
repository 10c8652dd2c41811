"""What the components' templates need beyond `if` and `for`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuxiang.platform.accounts.models import Account, HeldRole
from shuxiang.web.components import covers, icons, measures, people

register = template.Library()

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
MESSAGE_KINDS = {"success": "good", "warning": "wait", "error": "bad"}
PAGES_BESIDE = 2


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw an icon by its name in frontend/icons.txt."""
    return icons.icon(name, label=label, css=css)


@register.simple_tag
def kind_icon(kind: str, name: str = "") -> SafeString:
    """Draw the shape that goes with a state, or the one that was named."""
    wanted = name or KIND_ICONS.get(kind, "")
    return icons.icon(wanted) if wanted and wanted != "none" else SafeString("")


@register.simple_tag
def same(template_name: str) -> SafeString:
    """Draw a part that is the same for everybody; it is drawn once in each language."""
    return _drawn(template_name, get_language())


@lru_cache
def _drawn(template_name: str, _language: str | None) -> SafeString:
    return render_to_string(template_name)


@register.filter
def message_kind(message: Message) -> str:
    """Tell which kind of notice a message is."""
    return MESSAGE_KINDS.get(message.level_tag, "info")


@register.filter
def surname(name: str) -> str:
    """Return what stands on the tile of a person."""
    return people.surname(str(name))


@register.filter
def hue(grade: int | str | None) -> int:
    """Return which of the six hues a grade wears."""
    digits = str(grade or "")
    return people.hue(int(digits)) if digits.isdigit() else 0


@register.filter
def is_long(name: str) -> bool:
    """Tell whether a name needs a second line on a tile."""
    return people.is_long(str(name))


@register.filter
def role_names(account: Account) -> list[str]:
    """Return the words for what a person is at the school."""
    return [str(HeldRole.Role(role).label) for role in sorted(account.roles)]


@register.simple_tag
def percent(value: float, whole: float) -> str:
    """Return a share as SVG writes it."""
    return measures.percent(float(value), float(whole))


@register.simple_tag
def segments(parts: Sequence[tuple[str, int]]) -> list[measures.Segment]:
    """Lay the parts of a bar side by side."""
    return measures.segments(parts)


@register.simple_tag
def spines(borrowed: int, late: int, limit: int) -> list[measures.Spine]:
    """Return the places of a reader's shelf."""
    return measures.spines(borrowed=int(borrowed), late=int(late), limit=int(limit))


@register.simple_tag
def cover(title: str, author: str = "", clc: str = "") -> SafeString:
    """Draw the cover of a book of which there is no picture."""
    label = _("Cover of “%(title)s”") % {"title": title}
    return covers.draw(title=str(title), author=str(author), clc=str(clc), label=label)


@register.filter
def is_choice_list(field: BoundField) -> bool:
    """Tell whether a field is a list of boxes to tick or of one to choose."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Tell whether a field is one box to tick."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.simple_tag
def control(field: BoundField, css: str = "") -> SafeString:
    """Draw the control of a field in our clothes."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput):
        return field.as_widget()
    base = "form-select" if isinstance(widget, forms.Select) else "form-control"
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": " ".join(filter(None, [base, own, css]))})


@register.simple_tag
def pages_shown(page: Page) -> list[int]:  # type: ignore[type-arg]
    """Return the numbers to print; 0 stands for a gap."""
    last = page.paginator.num_pages
    near = {
        number
        for number in range(page.number - PAGES_BESIDE, page.number + PAGES_BESIDE + 1)
        if 1 <= number <= last
    }
    shown: list[int] = []
    for number in sorted(near | {1, last}):
        if shown and number - shown[-1] > 1:
            shown.append(0)
        shown.append(number)
    return shown


@register.simple_tag
def address_with(request: HttpRequest, name: str, value: str | int) -> str:
    """Return this page's address with one part of its query changed."""
    query = request.GET.copy()
    query[name] = str(value)
    return f"?{query.urlencode()}"
