"""What the components' templates need beyond `if` and `for`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.safestring import SafeString

from shuxiang.platform.accounts.models import Account, HeldRole
from shuxiang.web.components import drawn, icons, measures, people

register = template.Library()

MESSAGE_KINDS = {"success": "good", "warning": "wait", "error": "bad"}
PAGES_BESIDE = 2


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw an icon by its name in frontend/icons.txt."""
    return icons.icon(name, label=label, css=css)


register.simple_tag(drawn.kind_icon)
register.simple_tag(drawn.same)
register.simple_tag(drawn.act_side)
register.simple_tag(drawn.act_closes)
register.simple_tag(drawn.cover)
register.simple_tag(drawn.availability)
register.simple_tag(drawn.hit)
register.simple_tag(drawn.facet)


@register.simple_tag
def quota(*, borrowed: int, late: int, limit: int, say: str, note: str = "") -> SafeString:
    """Draw the shelf of a reader."""
    counts = {"borrowed": int(borrowed), "late": int(late), "limit": int(limit)}
    return drawn.quota(**counts, say=say, note=note)


@register.simple_tag
def act_opens(**said: Any) -> SafeString:
    """Draw the beginning of an act's row; `data_…` become attributes of that name."""
    attributes = {
        name.replace("_", "-"): said.pop(name)
        for name in [*said]
        if name == "id" or name.startswith("data_")
    }
    return drawn.act_opens(attributes=attributes, **said)


@register.simple_tag
def tile(
    name: str,
    grade: int | str | None = None,
    *,
    size: str = "",
    free: bool = False,
) -> SafeString:
    """Draw the tile of a person."""
    digits = str(grade or "")
    number = int(digits) if digits.isdigit() else None
    return drawn.tile(str(name), number, size=size, free=free)


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
