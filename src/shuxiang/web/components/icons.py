"""Outline icons drawn into the page, so that they take the colour of their word."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
MOST_KEPT = 500
_BOUNDING_BOX = re.compile(r'<path stroke="none"[^>]*/>')


class IconMissing(Exception):
    """This name is not among the icons that were brought into static/vendor."""


@cache
def shapes(name: str) -> SafeString:
    """Return what the icon draws inside its svg element; our own drawing comes before the other.

    :raises IconMissing: when no such icon was brought.
    """
    path = finders.find(f"icons/{name}.svg") or finders.find(f"vendor/icons/{name}.svg")
    if not isinstance(path, str):
        raise IconMissing(f"{name}: add it to frontend/icons.txt and run tools/assets.py.")
    with open(path, encoding="utf-8") as file:
        drawn = _SHAPES.search(file.read())
    inside = _BOUNDING_BOX.sub("", drawn[1]) if drawn else ""
    return mark_safe(" ".join(inside.split()))  # noqa: S308 - our own build copied this file


@lru_cache(maxsize=MOST_KEPT)
def icon(name: str, *, label: str = "", css: str = "") -> SafeString:
    """Draw an icon; without a label it is decoration and not read aloud.

    :raises IconMissing: in development; a page that is being used shows an empty place instead.
    """
    try:
        inside = shapes(name)
    except IconMissing:
        if settings.DEBUG:
            raise
        inside = SafeString("")
    words = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" {}>{}</svg>',
        f"icon {css}".strip(),
        mark_safe(words),  # noqa: S308 - built above
        inside,
    )
