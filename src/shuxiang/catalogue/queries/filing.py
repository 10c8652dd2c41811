"""What each title of a school is filed under: its index card and its terms. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from shuxiang.catalogue import rules
from shuxiang.catalogue.models import Contributor, Holding, IndexCard, TitleNumber
from shuxiang.catalogue.queries.showing import shown
from shuxiang.catalogue.queries.union import slices
from shuxiang.formats import pinyin, search
from shuxiang.formats.text import match_key
from shuxiang.platform.database.plain import many
from shuxiang.platform.invariants import Broken
from shuxiang.platform.schools.models import School

_LONGEST = {
    name: getattr(IndexCard._meta.get_field(name), "max_length", 0)
    for name in ("name", "volume", "people", "series", "sounds", "people_sounds", "spoken")
}
_AT_ONCE = 1_000
_EXAMPLES = 5
_FILED = (
    "name",
    "subtitle",
    "volume",
    "series",
    "series_number",
    "author",
    "publisher",
    "subjects",
)


def filed(holdings: Sequence[Holding]) -> Iterator[tuple[IndexCard, str]]:
    """Give the card of each holding, whose title was fetched with it, and its terms between blanks."""
    ids = sorted({holding.title_id for holding in holdings})
    numbers: dict[int, list[str]] = defaultdict(list)
    people: dict[int, list[str]] = defaultdict(list)
    for piece in slices(ids):
        rows = TitleNumber.objects.filter(title_id__in=piece).order_by("pk")
        for title_id, value in rows.values_list("title_id", "value"):
            numbers[title_id].append(value)
        who = Contributor.objects.filter(title_id__in=piece).order_by("title_id", "order")
        for title_id, name in who.values_list("title_id", "name"):
            people[title_id].append(name)
    for holding in holdings:
        yield _file(holding, numbers[holding.title_id], people[holding.title_id])


def _file(
    holding: Holding, numbers: Iterable[str], contributors: Iterable[str]
) -> tuple[IndexCard, str]:
    book = shown(holding)
    people = list(dict.fromkeys([*contributors, book.author]))
    values = {
        "name": match_key(book.name),
        "volume": match_key(book.volume or book.series_number),
        "people": _joined(match_key(person) for person in people),
        "series": match_key(book.series),
        "sounds": pinyin.title_keys(book.name),
        "people_sounds": _joined(pinyin.name_keys(person) for person in people),
        "spoken": " ".join(filter(None, pinyin.syllables(book.name))),
    }
    card = IndexCard(
        holding=holding,
        school_id=holding.school_id,
        main_class=rules.main_class_of(book.clc, holding.title.clc),
        audience=book.audience,
        **{name: text[: _LONGEST[name]].strip() for name, text in values.items()},
    )
    terms: set[str] = set()
    for name in _FILED:
        terms.update(search.terms(getattr(book, name)))
    for text in (book.name, book.series, *people):
        terms |= pinyin.sounds(text)
    terms.update(values["people_sounds"].split())
    terms.update(search.number_term(number) for number in (*numbers, book.call_number, book.clc))
    return card, " ".join(sorted(terms - {""}))


def wrongly_filed(school: School) -> Broken:
    """Find holdings whose card or terms are not what the catalogue says now, and terms without a holding."""
    there = _terms_there(school)
    wrong: list[int] = []
    holdings = Holding.objects.filter(school=school).select_related("title").order_by("pk")
    cards = IndexCard.objects.filter(school=school).in_bulk()
    last = 0
    while piece := list(holdings.filter(pk__gt=last)[:_AT_ONCE]):
        last = piece[-1].pk
        for card, terms in filed(piece):
            kept = cards.pop(card.pk, None)
            same_terms = there.pop(card.pk, 0) == _sum(terms.split())
            if kept is None or not same_terms or _values(kept) != _values(card):
                wrong.append(card.pk)
    wrong += sorted({*cards, *there})
    return Broken(
        code="wrongly_filed", count=len(wrong), examples=tuple(map(str, wrong[:_EXAMPLES]))
    )


def _values(card: IndexCard) -> list[object]:
    return [getattr(card, field.attname) for field in card._meta.concrete_fields]


def _terms_there(school: School) -> dict[int, int]:
    """Give a sum of the terms of each card that the index itself holds."""
    sums: dict[int, int] = defaultdict(int)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.every_term USING fts5vocab(main, catalogue_terms, instance)"
            )
            cursor.execute(
                "SELECT doc, term FROM temp.every_term"
                " WHERE doc NOT IN (SELECT holding_id FROM catalogue_indexcard WHERE school_id <> %s)",
                [school.pk],
            )
            for key, term in cursor:
                sums[key] += hash(term)
        return sums
    rows = many(
        "SELECT holding_id, tsvector_to_array(terms) FROM catalogue_indexcard WHERE school_id = %s",
        [school.pk],
    )
    return {key: _sum(terms) for key, terms in rows}


def _sum(terms: Iterable[str]) -> int:
    return sum(map(hash, terms))


def _joined(parts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(part for part in parts if part))
