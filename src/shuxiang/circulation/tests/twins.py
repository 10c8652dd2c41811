"""The hand-written statements' twins in the ORM: slower, plainer, and always right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F, FilteredRelation, Q

from shuxiang.catalogue.models import Copy
from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.queries.hot import Known, LineOfReader, OfReader, ToLend, ToTakeBack
from shuxiang.circulation.queries.panels import title_of
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import class_of
from shuxiang.readers.queries.photos import photos_of


def to_lend(*, reader: Reader, copy: Copy, day: date, nonce: str, latest: datetime) -> ToLend:
    """Ask the same as `hot.to_lend`."""
    on_hand = Loan.objects.on_hand().filter(reader=reader)
    return ToLend(
        school_class=class_of(reader, day),
        category=reader.category,
        limit=reader.limit,
        left_on=reader.left_on,
        standing=copy.standing,
        holding=copy.holding_id,
        collection=copy.collection_id,
        restrictions=reader.restrictions.in_force(day).count(),
        at_home=on_hand.filter(kind=Loan.Kind.HOME).count(),
        overdue=on_hand.filter(due_on__lt=day).count(),
        same_title=on_hand.filter(copy__holding=copy.holding).count(),
        copy_out=Loan.objects.on_hand().filter(copy=copy).count(),
        holds=Hold.objects.open().filter(holding=copy.holding).count(),
        known=known(reader.school, nonce=nonce, latest=latest),
    )


def to_take_back(*, copy: Copy, nonce: str, latest: datetime) -> ToTakeBack:
    """Ask the same as `hot.to_take_back`."""
    return ToTakeBack(
        loan=Loan.objects.on_hand().filter(copy=copy).first(),
        standing=copy.standing,
        holding=copy.holding_id,
        holds=Hold.objects.open().filter(holding=copy.holding).count(),
        known=known(copy.school, nonce=nonce, latest=latest),
    )


def copy_at_desk(school: School, code: str) -> tuple[Copy, Loan | None] | None:
    """Ask the same as `hot.copy_at_desk`."""
    copy = (
        Copy.objects.on_the_books().filter(school=school, barcode=code).exclude(barcode="").first()
    )
    return (copy, Loan.objects.on_hand().filter(copy=copy).first()) if copy else None


def of_reader(reader: Reader, *, day: date, since: date) -> OfReader:
    """Ask the same as `hot.of_reader`."""
    loans = Loan.objects.filter(reader=reader)
    return OfReader(
        school_class=class_of(reader, day),
        stamp=School.objects.get(pk=reader.school_id).stamp,
        restrictions=reader.restrictions.in_force(day).count(),
        holds=Hold.objects.open().filter(reader=reader).count(),
        lent=loans.counted().filter(lent_on__gte=since).count(),
        photo=photos_of(reader.school, [reader]).get(reader.pk, ""),
        lines=tuple(
            LineOfReader(
                kind=loan.kind, due_on=loan.due_on, due_time=loan.due_time, title=title_of(loan)
            )
            for loan in loans.on_hand().order_by("due_on", "id")
        ),
    )


def known(school: School, *, nonce: str, latest: datetime) -> Known:
    """Ask the same as `hot.known`."""
    entries = Entry.objects.filter(school=school)
    done = entries.filter(nonce=nonce).exclude(nonce="").first()
    last = entries.order_by("pk").last()
    return Known(
        entry=done.pk if done else None,
        is_behind=last is not None and last.at > latest,
        stamp=School.objects.get(pk=school.pk).stamp,
    )


def at_shelves(school: School, holdings: Sequence[int]) -> set[tuple[int, int | None, bool]]:
    """Ask the same as `hot.at_shelves`."""
    copies = Copy.objects.on_the_books().filter(school=school, holding__in=holdings)
    out = set(Loan.objects.on_hand().filter(copy__in=copies).values_list("copy", flat=True))
    here = {
        (c.holding_id, c.shelf_id) for c in copies if c.standing == "on_shelf" and c.pk not in out
    }
    return {(c.holding_id, c.shelf_id, (c.holding_id, c.shelf_id) in here) for c in copies}


def copies_at(school: School, holdings: Sequence[int]) -> list[tuple[object, ...]]:
    """Ask the same as `hot.copies_at`."""
    copies = Copy.objects.on_the_books().filter(school=school, holding__in=holdings)
    loan = FilteredRelation("loans", condition=Q(loans__returned_at=None))
    rows = copies.alias(loan=loan).annotate(due_on=F("loan__due_on")).order_by("volume", "pk")
    return list(rows.values_list(
        "holding_id", "pk", "volume", "accession_number", "standing", "due_on",
        "shelf__code", "shelf__name", "shelf__room", "collection__name",
    ))  # fmt: skip
