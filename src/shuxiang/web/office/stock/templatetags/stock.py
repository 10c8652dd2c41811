"""Money, counts and states as the pages of the stock write them."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from shuxiang.catalogue.models import Copy, Standing
from shuxiang.catalogue.queries import ShownTitle
from shuxiang.catalogue.rules import Correction, Doubt
from shuxiang.catalogue.wording import CORRECTIONS, DOUBTS
from shuxiang.formats import isbn, money

register = template.Library()

STANDING_KINDS = {
    Standing.ON_SHELF: "good",
    Standing.TO_BE_SHELVED: "wait",
    Standing.IN_PROCESS: "wait",
    Standing.IN_REPAIR: "wait",
    Standing.IN_TRANSIT: "wait",
    Standing.IN_CLASS_BOX: "info",
    Standing.SET_ASIDE: "info",
    Standing.MISSING: "bad",
    Standing.LOST: "bad",
    Standing.WITHDRAWN: "none",
}


@register.filter
def yuan(fen: int | None) -> str:
    """Write fen as yuan, with commas; nothing for a price that nobody knows."""
    if fen is None:
        return ""
    whole, _point, cents = money.to_text(fen).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}.{cents}"


@register.filter
def commas(number: int | None) -> str:
    """Write a count with commas; a dash's width of nothing for none."""
    return f"{number:,}" if number else "0"


@register.filter
def or_blank(number: int | None) -> str:
    """Write a count with commas, and leave the cell of a register empty for none."""
    return f"{number:,}" if number else ""


@register.filter
def yuan_or_blank(fen: int | None) -> str:
    """Write fen as yuan, and leave the cell of a register empty for none."""
    return yuan(fen) if fen else ""


@register.filter
def standing_kind(copy: Copy) -> str:
    """Tell which badge the standing of a copy wears."""
    return STANDING_KINDS[Standing(copy.standing)]


@register.filter
def by_line(shown: ShownTitle) -> str:
    """Write author, publisher and year in one line."""
    said = (shown.author, shown.publisher, str(shown.year or shown.published))
    return " · ".join(part for part in said if part)


@register.filter
def doubt_words(code: str) -> str:
    """Say why a title should be looked at again."""
    return str(DOUBTS[Doubt(code)]) if code in set(Doubt) else code


@register.filter
def correction_words(code: str) -> str:
    """Say why a posting without a document was made."""
    return str(CORRECTIONS[Correction(code)]) if code in set(Correction) else code


@register.filter
def hyphenated(value: str) -> str:
    """Write an ISBN in its parts."""
    read = isbn.read(value)
    return read.hyphenated if read else value


@register.filter
def part_name(part: int, name: str) -> str:
    """Name one of the five parts, or what belongs to none."""
    return name if part else _("Unclassified")


@register.filter
def get(mapping: dict[object, object], key: object) -> object:
    """Look up in a dictionary, with nothing for what is not there."""
    return mapping.get(key)
