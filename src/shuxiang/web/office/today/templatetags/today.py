"""How the day is written above the office's first page."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from shuxiang.formats import numerals

register = template.Library()


@register.filter
def day_in_words(day: date) -> str:
    """Write 十一月二十四日 星期二, or the day as English writes it."""
    if (get_language() or "").startswith("zh"):
        month, number = numerals.write(day.month), numerals.write(day.day)
        return f"{month}月{number}日 {date_format(day, 'l')}"
    return date_format(day, "l, F j")
