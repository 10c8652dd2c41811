"""The demo's books: real titles, invented copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from random import Random

from shuxiang.catalogue.actions import change_shelf, open_accession, set_standing, take_in
from shuxiang.catalogue.models import AccessionBatch, Audience, Copy, Standing
from shuxiang.catalogue.rules import NewCopy, NewTitle, numbers_read
from shuxiang.demo import facts
from shuxiang.demo.stage import Stage, moment
from shuxiang.formats.text import match_key

COPIES = 4000
FIRST_BARCODE = 1000001
BATCHES = (
    (AccessionBatch.Source.OPENING, "建馆时清点入账", "", 0.66),
    (AccessionBatch.Source.GIFT, "校友与家长捐赠", "", 0.14),
    (AccessionBatch.Source.PURCHASE, "学年图书采购", "新华书店", 0.20),
)
SHELVES = (
    ("Z", "Z", "综合 工具书"),
    ("I28", "E1", "绘本与童话"),
    ("I2", "I2", "中国文学"),
    ("I", "I5", "外国文学"),
    ("K", "K", "历史 地理"),
    ("NOPQRSTUVX", "N", "自然科学"),
    ("", "A", "社会科学 艺术"),
)
PICTURE_BOOKS = (".85", ".88", "I287.8")
LOWER_GRADES = "一二三四123"  # the last of 3-4 is the fourth
PICTURES_AND_FAIRY_TALES = (".85", "I287.7", "I287.8")
FOR_CHILDREN = ("I28", "N", "O", "Z")
SELECTED = "天图"
REFERENCE = "工具书"
PICTURES = "绘本"


def titles() -> list[tuple[NewTitle, bool]]:
    """Read the titles, and whether a reading list names them; a name on two lists comes once."""
    known: dict[str, tuple[NewTitle, bool]] = {}
    listed = list(facts.rows("reading_lists.csv"))
    grades = [row["grade"] for row in listed]
    for row in facts.rows("books.csv"):
        known.setdefault(
            match_key(row["name"]) + row["isbn"],
            (
                NewTitle(
                    name=row["name"],
                    author=row["author"],
                    publisher=row["publisher"],
                    year=int(row["year"]) if row["year"] else None,
                    pages=row["pages"],
                    series=row["series"],
                    price=Decimal(row["price"]) if row["price"] else None,
                    price_text=row["price"],
                    clc=row["clc"],
                    audience=_audience(row["clc"], _grades(row["lists"], grades)),
                    numbers=numbers_read(row["isbn"]),
                    source="demo",
                ),
                bool(row["lists"]),
            ),
        )
    names = {match_key(title.name) for title, _ in known.values()}
    for row in listed:
        key = match_key(row["name"])
        if key not in names:
            names.add(key)
            title = NewTitle(
                name=row["name"],
                author=row["author"],
                clc=row["clc"],
                audience=_audience(row["clc"], [row["grade"]]),
                source="demo",
            )
            known[key] = (title, True)
    return list(known.values())


def _grades(lists: str, grades: Sequence[str]) -> list[str]:
    """Give the grades for which reading lists name a book; MOE2020#91 is the row of that number."""
    named = [entry.strip() for entry in lists.split(";") if entry.strip()]
    return [
        grades[int(entry.partition("#")[2]) - 1] if "#" in entry else entry.partition("/")[2]
        for entry in named
    ]


def _audience(clc: str, grades: Sequence[str]) -> str:
    """Tell for whom a book is: for the youngest to whom a list recommends it, else by its class."""
    if grades:
        return min(map(_of_grade, grades))
    if clc.endswith(PICTURES_AND_FAIRY_TALES):
        return Audience.CHILD
    is_for_children = clc.startswith(FOR_CHILDREN) or clc.endswith(PICTURE_BOOKS)
    return Audience.YOUTH if is_for_children else Audience.TEEN


def _of_grade(said: str) -> str:
    """Read 1-2, 三年级上册, 初中. The codes of younger readers come first in the alphabet."""
    if said == "高中":
        return Audience.TEEN
    is_lower = said[0] in LOWER_GRADES and said != "1-9"
    return Audience.CHILD if is_lower else Audience.YOUTH


def fill_shelves(stage: Stage, first_day: date) -> None:
    """Take in four thousand copies in three deliveries, before the first class comes."""
    _name_shelves(stage, moment(first_day, time(8, 0)))
    copies = list(_copies(stage.random))
    start = 0
    for number, (source, note, supplier, share) in enumerate(BATCHES):
        now = moment(first_day, time(8, 30), minutes=number)
        accession = open_accession(
            school=stage.school,
            source=source,
            supplier=supplier,
            received_on=stage.school.day(now),
            note=note,
            by=stage.librarian,
            now=now,
        )
        end = COPIES if number == len(BATCHES) - 1 else start + round(COPIES * share)
        take_in(accession=accession, copies=copies[start:end], by=stage.librarian, now=now)
        start = end


def _name_shelves(stage: Stage, now: datetime) -> None:
    for _classes, code, name in SHELVES:
        change_shelf(school=stage.school, code=code, name=name, by=stage.librarian, now=now)


def _copies(random: Random) -> Iterator[NewCopy]:
    wanted = titles()
    weights = [6 if listed else 2 for _, listed in wanted]
    chosen = [title for title, _ in wanted]
    chosen += random.choices(chosen, weights, k=COPIES - len(chosen))
    random.shuffle(chosen)
    for number, title in enumerate(chosen):
        yield NewCopy(
            title=title,
            barcode=str(FIRST_BARCODE + number),
            shelf=_shelf(title.clc),
            collection=_collection(title, random),
            price_fen=_price(title, random),
        )


def _shelf(clc: str) -> str:
    for start, code, _name in SHELVES:
        if clc.startswith(start) or (len(start) > 3 and clc[:1] in start):
            return code
    return SHELVES[-1][1]


def _collection(title: NewTitle, random: Random) -> str:
    if title.clc.startswith("Z"):
        return REFERENCE
    if title.clc.endswith(PICTURE_BOOKS):
        return PICTURES
    return SELECTED if random.random() < 0.2 else ""


def _price(title: NewTitle, random: Random) -> int:
    if title.price:
        return int(title.price * 100)
    return random.randrange(12, 40) * 100


def wear(stage: Stage, *, now: datetime) -> None:
    """Let some books be lost, missing or in repair, as in any library."""
    copies = list(Copy.objects.filter(standing=Standing.ON_SHELF).order_by("pk"))
    stage.random.shuffle(copies)
    standings = [Standing.LOST] * 4 + [Standing.MISSING] * 6 + [Standing.IN_REPAIR] * 9
    for copy, standing in zip(copies, standings, strict=False):
        set_standing(copy=copy, standing=standing, by=stage.librarian, now=now)
