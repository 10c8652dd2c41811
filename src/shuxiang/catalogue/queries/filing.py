"""What each title of a school is filed under: its index card and its terms. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection

from shuxiang.catalogue import rules
from shuxiang.catalogue.models import Contributor, Holding, IndexCard, Title, TitleNumber
from shuxiang.catalogue.queries.showing import ShownTitle, shown
from shuxiang.catalogue.queries.union import slices
from shuxiang.catalogue.rules import NewTitle
from shuxiang.catalogue.rules.searching import AUDIENCE, CLASS, NAME, name_term
from shuxiang.formats import pinyin, search
from shuxiang.formats.text import match_key
from shuxiang.platform.database.plain import many
from shuxiang.platform.invariants import Broken
from shuxiang.platform.schools.models import School

_COLUMNS = [field.attname for field in IndexCard._meta.concrete_fields]
_TEXTS = ("name", "volume", "people", "series", "sounds", "people_sounds", "spoken")
_LONGEST = [getattr(IndexCard._meta.get_field(name), "max_length", 0) for name in _TEXTS]
_AT_ONCE = 1_000
_EXAMPLES = 5
_SAYING_NOTHING = {"", NAME, CLASS, AUDIENCE}
_filed = attrgetter(
    "name",
    "subtitle",
    "volume",
    "series",
    "series_number",
    "author",
    "publisher",
    "subjects",
)


class Filed(NamedTuple):
    """A card's values in the order of its columns, and its terms between blanks."""

    card: tuple[Any, ...]
    terms: str


class ToFile(NamedTuple):
    """A holding as far as it is filed; what the school itself says goes before the union's record."""

    holding: int
    school: int
    book: Title | ShownTitle | NewTitle
    numbers: Iterable[str]
    people: Iterable[str]
    clc: str
    union_clc: str
    call_number: str
    audience: str


def filed(holdings: Sequence[Holding]) -> Iterator[Filed]:
    """Give what each holding, whose title was fetched with it, is filed under."""
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
        title = holding.title
        one = ToFile(
            holding=holding.pk,
            school=holding.school_id,
            book=shown(holding) if holding.changes else title,
            numbers=numbers[title.pk],
            people=people[title.pk],
            clc=holding.clc or title.clc,
            union_clc=title.clc,
            call_number=holding.call_number,
            audience=holding.audience or title.audience,
        )
        yield file(one)


def file(one: ToFile) -> Filed:
    """Give what one holding is filed under."""
    book = one.book
    people = tuple(dict.fromkeys([*one.people, book.author]))
    people_sounds = _joined(map(pinyin.name_keys, people))
    name, title_keys = match_key(book.name), pinyin.title_keys(book.name)
    main_class = rules.main_class_of(one.clc, one.union_clc)
    terms = {CLASS + main_class.lower(), AUDIENCE + one.audience}
    terms.update(
        *map(search.terms, filter(None, _filed(book))),
        *map(pinyin.sounds, filter(None, (book.name, book.series, *people))),
        people_sounds.split(),
        map(search.number_term, (*one.numbers, one.call_number, one.clc)),
        map(name_term, (name, *title_keys.split())),
    )
    terms -= _SAYING_NOTHING
    texts = (
        name,
        match_key(book.volume or book.series_number),
        _joined(map(match_key, people)),
        match_key(book.series),
        title_keys,
        people_sounds,
        " ".join(filter(None, pinyin.syllables(book.name))),
    )
    return Filed(
        card=(
            one.holding,
            one.school,
            *[text[:longest].strip() for text, longest in zip(texts, _LONGEST, strict=True)],
            main_class,
            one.audience,
        ),
        terms=" ".join(terms),
    )


def wrongly_filed(school: School) -> Broken:
    """Find holdings whose card or terms are not what the catalogue says now, and terms without a holding."""
    there = _terms_there(school)
    wrong: list[int] = []
    holdings = Holding.objects.filter(school=school).select_related("title").order_by("pk")
    rows = IndexCard.objects.filter(school=school).values_list(*_COLUMNS)
    cards = {row[0]: row for row in rows}
    last = 0
    while piece := list(holdings.filter(pk__gt=last)[:_AT_ONCE]):
        last = piece[-1].pk
        for (key, *rest), terms in filed(piece):
            kept = (cards.pop(key, None), there.pop(key, 0))
            if kept != ((key, *rest), _sum(terms.split())):
                wrong.append(key)
    wrong += sorted({*cards, *there})
    return Broken(
        code="wrongly_filed", count=len(wrong), examples=tuple(map(str, wrong[:_EXAMPLES]))
    )


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
    return " ".join(dict.fromkeys(filter(None, parts)))
