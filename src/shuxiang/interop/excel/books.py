"""Decide what each row about a book brings: new, same, changed, doubtful or refused. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shuxiang.catalogue.rules import Identity, Match, compare, identity
from shuxiang.interop.excel.book_rows import BookRow, yuan
from shuxiang.interop.excel.verdicts import Reason, Verdict, Why

Code = tuple[str, str]
MOST_NAMED = 30  # letters of another book's name


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCopy:
    """A copy that the school has, as far as a file can differ from it."""

    pk: int
    title: int
    barcode: str
    accession_number: str
    shelf: str
    collection: str
    price_fen: int | None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What the school has: its copies by their codes, its titles, and how many copies of each came in."""

    by_barcode: Mapping[str, KnownCopy] = field(default_factory=dict)
    by_number: Mapping[str, KnownCopy] = field(default_factory=dict)
    """By accession number."""
    titles: Mapping[int, Identity] = field(default_factory=dict)
    counts: Mapping[int, int] = field(default_factory=dict)
    """Copies of each title ever taken in, also those withdrawn since: an old list brings none back."""
    cards: frozenset[str] = frozenset()
    call_numbers: Mapping[str, int] = field(default_factory=dict)


class BookPlan(NamedTuple):
    """What will be done about one row."""

    row: BookRow
    verdict: Verdict
    why: tuple[Why, ...] = ()
    title: int | None = None
    """The title that the school has already; None for one that the catalogue will look for."""
    new_copies: tuple[tuple[str, str], ...] = ()
    """Barcode and accession number of each copy to be taken in; empty texts where it has none."""
    changes: tuple[tuple[int, Mapping[str, object]], ...] = ()
    """Copies to be changed, and what in them."""


def plan_books(
    rows: Iterable[BookRow], *, stock: Stock, further_copies: bool = False
) -> Iterator[BookPlan]:
    """Decide about every row, in order.

    A row without barcode or accession number is the same if the school has that many copies of the
    title; with `further_copies` such rows are always new copies.
    """
    every = list(rows)
    clerk = _Clerk(every, stock, further_copies)
    for row in every:
        yield clerk.decide(row)


class _Titles:
    """Which title a row is about: one the school has (its key), or one met in the file (below 0)."""

    def __init__(self, known: Mapping[int, Identity]) -> None:
        self._by_isbn: dict[str, list[tuple[int, Identity]]] = defaultdict(list)
        self._by_name: dict[str, list[tuple[int, Identity]]] = defaultdict(list)
        self._last = 0
        for key, one in known.items():
            self._add(key, one)

    def find(self, row: BookRow) -> tuple[int, list[str]]:
        """Give the key of a row's title, and the names of other titles that bear its ISBN."""
        wanted = identity_of(row)
        sharing = []
        candidates = list(self._by_name[wanted.name])
        for isbn in sorted(wanted.isbns):
            candidates += self._by_isbn[isbn]
        for key, one in candidates:
            match compare(wanted, one):
                case Match.SAME | Match.NAME_ONLY:
                    return key, []
                case Match.SHARES_NUMBER:
                    sharing.append(one.name)
                case _:
                    pass
        self._last -= 1
        self._add(self._last, wanted)
        return self._last, sharing

    def _add(self, key: int, one: Identity) -> None:
        for isbn in one.isbns:
            self._by_isbn[isbn].append((key, one))
        self._by_name[one.name].append((key, one))


def identity_of(row: BookRow) -> Identity:
    """Make plain what tells a row's title from another, as the catalogue does."""
    return identity(
        name=row.name,
        volume=row.volume,
        author=row.author,
        publisher=row.publisher,
        year=row.year,
        isbns=row.isbns,
    )


class _Clerk:
    """Goes through a file with the school's books beside it."""

    def __init__(self, rows: Sequence[BookRow], stock: Stock, further_copies: bool) -> None:
        self._stock = stock
        self._further_copies = further_copies
        self._titles = _Titles(stock.titles)
        self._keys = {row.where: self._titles.find(row) for row in rows if row.name}
        self._bearers = _bearers(rows)
        self._left = Counter(stock.counts)
        self._left.subtract(self._named(rows))
        self._call_numbers = dict(stock.call_numbers)
        self._shared = self._sharing_an_isbn(rows)

    def decide(self, row: BookRow) -> BookPlan:
        codes = _codes(row)
        faults = [*row.faults, *self._code_faults(row, codes)]
        if faults:
            return BookPlan(row=row, verdict=Verdict.REFUSED, why=tuple(faults))
        key, _ = self._keys[row.where]
        if first := self._said_before(row, codes):
            why = (Why(Reason.SAID_BEFORE, str(first.where.row)),)
            return BookPlan(row=row, verdict=Verdict.SAME, why=why, title=_positive(key))
        doubts = [*row.doubts, *self._title_doubts(row, key)]
        if codes:
            return self._decide_by_codes(row, key, doubts)
        return self._decide_by_count(row, key, doubts)

    def _decide_by_codes(self, row: BookRow, key: int, doubts: list[Why]) -> BookPlan:
        pairs = _pairs(row)
        known = [self._known(pair) for pair in pairs]
        new = tuple(pair for pair, copy in zip(pairs, known, strict=True) if copy is None)
        changes, why = [], []
        for pair, copy in zip(pairs, known, strict=True):
            if copy and (changed := _differences(row, pair, copy)):
                changes.append((copy.pk, {name: value for name, (_, value) in changed.items()}))
                why += [reason for reason, _ in changed.values()]
        if len(new) < len(pairs) and new:
            why.append(Why(Reason.FURTHER_COPIES, str(len(new))))
        is_here = len(new) < len(pairs)
        return _planned(
            row,
            key,
            new=new,
            changes=tuple(changes),
            why=tuple(dict.fromkeys(why)),
            doubts=doubts,
            is_here=is_here,
        )

    def _decide_by_count(self, row: BookRow, key: int, doubts: list[Why]) -> BookPlan:
        here = 0 if self._further_copies else min(max(self._left[key], 0), row.copies)
        self._left[key] -= here
        missing = row.copies - here
        why = (Why(Reason.FURTHER_COPIES, str(missing)),) if here and missing else ()
        return _planned(
            row,
            key,
            new=(("", ""),) * missing,
            changes=(),
            why=why,
            doubts=doubts,
            is_here=bool(here),
        )

    def _known(self, pair: tuple[str, str]) -> KnownCopy | None:
        barcode, number = pair
        return self._stock.by_barcode.get(barcode) or self._stock.by_number.get(number)

    def _named(self, rows: Sequence[BookRow]) -> Counter[int]:
        """Count the copies that rows name by their codes: others must not take them for theirs."""
        named = {
            copy.pk: copy.title
            for row in rows
            if row.has_codes and not row.faults
            for pair in _pairs(row)
            if (copy := self._known(pair))
        }
        return Counter(named.values())

    def _said_before(self, row: BookRow, codes: Sequence[Code]) -> BookRow | None:
        """Give the earlier row that names the same copies of the same title."""
        first = self._bearers[codes[0]][0] if codes else row
        return first if first.where != row.where else None

    def _code_faults(self, row: BookRow, codes: Sequence[Code]) -> Iterator[Why]:
        for code in row.barcodes:
            if code in self._stock.cards:
                yield Why(Reason.CODE_IS_A_CARD, code)
        for kind, code in codes:
            if self._is_given_twice(row, (kind, code)):
                rows = sorted({one.where.row for one in self._bearers[kind, code]})
                yield Why(Reason.CODE_TWICE, f"{code} ({', '.join(map(str, rows[:5]))})")
        if row.faults or not codes:
            return
        for pair in _pairs(row):
            if copy := self._known(pair):
                yield from self._copy_faults(row, pair, copy)

    def _is_given_twice(self, row: BookRow, code: Code) -> bool:
        """Tell whether two copies would bear one code; a line that is there twice is no fault."""
        bearers = self._bearers[code]
        if len(bearers) == 1:
            return False
        return any(
            one.name == "" or _codes(one) != _codes(row) or self._key(one) != self._key(row)
            for one in bearers
        ) or len({one.where for one in bearers}) < len(bearers)

    def _key(self, row: BookRow) -> int | None:
        found = self._keys.get(row.where)
        return found[0] if found else None

    def _copy_faults(self, row: BookRow, pair: tuple[str, str], copy: KnownCopy) -> Iterator[Why]:
        barcode, number = pair
        code = barcode or number
        other = self._stock.by_number.get(number)
        if copy.is_withdrawn:
            yield Why(Reason.WITHDRAWN, code)
        elif copy.title != self._key(row):
            name = self._stock.titles[copy.title].name[:MOST_NAMED]
            yield Why(Reason.CODE_ON_OTHER_BOOK, f"{code} · {name}")
        elif other and other.pk != copy.pk:
            yield Why(Reason.CODES_DISAGREE, f"{barcode} · {number}")

    def _title_doubts(self, row: BookRow, key: int) -> Iterator[Why]:
        if names := self._shared.get(key):
            yield Why(Reason.SHARED_ISBN, " · ".join(names)[:120])
        if row.call_number:
            holder = self._call_numbers.setdefault(row.call_number, key)
            if holder != key:
                yield Why(Reason.CALL_NUMBER_SHARED, row.call_number)

    def _sharing_an_isbn(self, rows: Sequence[BookRow]) -> dict[int, list[str]]:
        """Tell, of the file's titles that share an ISBN with another, the names of the others."""
        bearing: dict[str, dict[int, str]] = defaultdict(dict)
        for row in rows:
            for isbn in row.isbns if row.name else ():
                bearing[isbn].setdefault(self._keys[row.where][0], row.name)
        shared: dict[int, list[str]] = {}
        for titles in bearing.values():
            if len(titles) > 1:
                for key in titles:
                    shared[key] = [name for other, name in titles.items() if other != key]
        for key, names in self._keys.values():
            if names:
                shared.setdefault(key, names)
        return shared


def _pairs(row: BookRow) -> list[tuple[str, str]]:
    """Give each copy of a row its barcode and its accession number, in order."""
    if row.copies == 1:
        return [("".join(row.barcodes[:1]), "".join(row.accession_numbers[:1]))]
    return [
        (
            row.barcodes[place] if place < len(row.barcodes) else "",
            row.accession_numbers[place] if place < len(row.accession_numbers) else "",
        )
        for place in range(row.copies)
    ]


def _differences(
    row: BookRow, pair: tuple[str, str], copy: KnownCopy
) -> dict[str, tuple[Why, object]]:
    """Tell what a file says otherwise than the house; what it leaves empty, it does not say."""
    found: dict[str, tuple[Why, object]] = {}
    if row.shelf and row.shelf != copy.shelf:
        found["shelf"] = (Why(Reason.SHELF, f"{copy.shelf} → {row.shelf}"), row.shelf)
    if row.collection and row.collection != copy.collection:
        why = Why(Reason.COLLECTION, f"{copy.collection} → {row.collection}")
        found["collection"] = (why, row.collection)
    if row.price_fen is not None and row.price_fen != copy.price_fen:
        why = Why(Reason.PRICE, f"{yuan(copy.price_fen)} → {yuan(row.price_fen)}")
        found["price_fen"] = (why, row.price_fen)
    if pair[0] and pair[0] != copy.barcode:
        found["barcode"] = (Why(Reason.BARCODE, f"{copy.barcode} → {pair[0]}"), pair[0])
    return found


def _planned(
    row: BookRow,
    key: int,
    *,
    new: tuple[tuple[str, str], ...],
    changes: tuple[tuple[int, Mapping[str, object]], ...],
    why: tuple[Why, ...],
    doubts: Sequence[Why],
    is_here: bool,
) -> BookPlan:
    if not new and not changes:
        return BookPlan(row=row, verdict=Verdict.SAME, title=_positive(key))
    brings = Verdict.CHANGED if is_here else Verdict.NEW
    return BookPlan(
        row=row,
        verdict=Verdict.DOUBTFUL if doubts else brings,
        why=(*doubts, *why),
        title=_positive(key),
        new_copies=new,
        changes=changes,
    )


def _positive(key: int) -> int | None:
    return key if key > 0 else None


def _codes(row: BookRow) -> list[Code]:
    """List the codes of a row by kind: a barcode may be written like another copy's number."""
    return [
        *[("barcode", code) for code in row.barcodes],
        *[("number", code) for code in row.accession_numbers],
    ]


def _bearers(rows: Sequence[BookRow]) -> dict[Code, list[BookRow]]:
    bearers: dict[Code, list[BookRow]] = defaultdict(list)
    for row in rows:
        for code in _codes(row):
            bearers[code].append(row)
    return bearers
