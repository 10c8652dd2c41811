"""What is pasted into the chat of a class. Parents and pupils read it: no more than the school allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from shuxiang.circulation.queries import LateClass, LateReader
from shuxiang.platform.schools.models import School

NAMES, TITLES = "public.names", "late.titles_in_chat"
"""The settings that allow pupils' names in public, and with them the titles of late books."""


def name_of(late: LateClass) -> str:
    """Name a class, or those who are in none."""
    return late.name or _("Teachers, staff and those who left")


def chat_text(late: LateClass, *, school: School, chosen: Mapping[str, Any]) -> str:
    """Write the text for the chat of a class; it names a pupil only if the school shows names."""
    said = [_("[%(school)s library] %(name)s:") % {"school": school.name, "name": name_of(late)}]
    if chosen[NAMES]:
        titles = bool(chosen[TITLES])
        said.append(_("not back yet:"))
        said.append("\n".join(f"· {_reader(one, titles=titles)}" for one in late.readers))
    else:
        counted = {"books": late.books, "days": late.longest_days}
        text = ngettext(
            "%(books)s book is late, by %(days)s days.",
            "%(books)s books are late, the oldest by %(days)s days.",
            late.books,
        )
        said.append(text % counted)
    if late.school_class:
        said.append(_("Please remind the pupils to bring them back."))
    else:
        said.append(_("Please bring them back soon."))
    if late.next_visit_on:
        day = date_format(late.next_visit_on, "MONTH_DAY_FORMAT")
        said.append(_("The class comes to the library on %(day)s.") % {"day": day})
    if chosen[NAMES]:
        return "\n".join(said)
    return ("" if (get_language() or "").startswith("zh") else " ").join(said)


def recall_text(
    late: LateClass, *, due_on: date | None, school: School, chosen: Mapping[str, Any]
) -> str:
    """Write the text for a class's chat at the end of term, as discreet as the other."""
    told = {"school": school.name, "name": name_of(late), "books": late.books}
    said = [
        ngettext(
            "[%(school)s library] %(name)s: the term ends, and %(books)s book is still out.",
            "[%(school)s library] %(name)s: the term ends, and %(books)s books are still out.",
            late.books,
        )
        % told
    ]
    if chosen[NAMES]:
        titles = bool(chosen[TITLES])
        said.append("\n".join(f"· {_reader(one, titles=titles)}" for one in late.readers))
    if due_on:
        day = date_format(due_on, "MONTH_DAY_FORMAT")
        said.append(_("Please bring everything back by %(day)s.") % {"day": day})
    else:
        said.append(_("Please remind the pupils to bring them back."))
    if chosen[NAMES]:
        return "\n".join(said)
    return ("" if (get_language() or "").startswith("zh") else " ").join(said)


def _reader(one: LateReader, *, titles: bool) -> str:
    count = len(one.books)
    told = ngettext("%(name)s, %(n)s book", "%(name)s, %(n)s books", count)
    words = told % {"name": one.reader.name, "n": count}
    if titles:
        words += " " + "".join(f"《{book.title}》" for book in one.books)
    return words
