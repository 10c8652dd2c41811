"""Whose cards are printed: a class, the teachers, or readers chosen one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from shuxiang.paper import rules
from shuxiang.paper.cards import reader_cards
from shuxiang.paper.faces import lacking
from shuxiang.paper.press import Paper
from shuxiang.paper.queries import reader_cards as cards_of
from shuxiang.paper.wording import on_cards
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers import queries
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.web.keys import key_of, keys_of

GROUPS = (Reader.Category.TEACHER, Reader.Category.STAFF, Reader.Category.CLASS)
CLASS = "class-"


@dataclass(frozen=True)
class CardRun:
    """A group of readers, those of them whose cards are wanted, and the group's name."""

    school: School
    day: date
    group: Sequence[Reader] = field(default_factory=tuple)
    chosen: frozenset[int] = frozenset()
    name: str = ""

    @property
    def readers(self) -> list[Reader]:
        """List those whose cards are printed: who has no card number has no card."""
        return [reader for reader in self.group if reader.pk in self.chosen and reader.card]

    @property
    def without_card(self) -> list[Reader]:
        return [reader for reader in self.group if not reader.card]

    @property
    def pages(self) -> int:
        return rules.pages_needed(len(self.readers), rules.CARDS)

    @property
    def lacking(self) -> str:
        """Give the characters that the typeface has not."""
        return lacking("".join(reader.name for reader in self.readers))

    def paper(self) -> Paper:
        cards = cards_of(self.readers, self.day)
        return reader_cards(cards, on_cards(self.school.name), title=self.title())

    def title(self) -> str:
        return f"{_('Reader cards')} {self.name}".strip()


def who_can_be_chosen(school: School, day: date) -> list[tuple[str, str]]:
    """List the groups of readers: the classes at school, then the grown-ups."""
    year = school_year(school, day)
    classes = queries.classes_at_school(school, year)
    named = [(f"{CLASS}{each.pk}", queries.class_name(each, year)) for each in classes]
    return named + [(group.value, str(group.label)) for group in GROUPS]


def run_of(asked: QueryDict, school: School, day: date) -> CardRun:
    """Read which cards are wanted: those ticked, or the whole group when nobody was asked yet."""
    ticked = set(keys_of(asked.getlist("reader")[: rules.MOST_CARDS]))
    group, name = _group(asked.get("who", ""), ticked, school, day)
    everybody = frozenset(reader.pk for reader in group)
    is_asked = bool(ticked) or "ticked" in asked
    return CardRun(school, day, group, everybody & ticked if is_asked else everybody, name)


def _group(who: str, ticked: set[int], school: School, day: date) -> tuple[list[Reader], str]:
    readers: QuerySet[Reader] = Reader.objects.filter(school=school).at_school()
    if who.startswith(CLASS) and (key := key_of(who.removeprefix(CLASS))):
        found = SchoolClass.objects.filter(school=school, pk=key).first()
        if not found:
            return [], ""
        found.school = school
        name = queries.class_name(found, school_year(school, day))
        return queries.register(found, day)[: rules.MOST_CARDS], name
    if who in GROUPS:
        of_kind = readers.filter(category=who).order_by("name", "id")
        return list(of_kind[: rules.MOST_CARDS]), str(Reader.Category(who).label)
    chosen = list(readers.filter(pk__in=ticked).order_by("name", "id"))
    return chosen, chosen[0].name if len(chosen) == 1 else ""
