"""What labels and cards say, read from the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from shuxiang.catalogue.models import Copy
from shuxiang.catalogue.queries import shown_name
from shuxiang.paper.cards import ReaderCard
from shuxiang.paper.labels import CopyLabel
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import school_year
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import class_name, classes_of


def copy_labels(copies: Iterable[Copy]) -> list[CopyLabel]:
    """Tell what the labels of copies say; costs no query if their titles were fetched."""
    return [
        CopyLabel(
            code=copy.barcode,
            name=shown_name(copy.holding),
            call_number=copy.holding.call_number,
            volume=copy.volume or copy.holding.title.volume,
        )
        for copy in copies
    ]


def reader_cards(school: School, readers: Sequence[Reader], day: date) -> list[ReaderCard]:
    """Tell what the cards of readers say, in two queries; who has no card is left out."""
    year = school_year(school, day)
    classes = classes_of(readers, day)
    return [
        ReaderCard(
            code=reader.card,
            name=reader.name,
            belongs_to=class_name(classes[reader.pk], year)
            if reader.pk in classes
            else reader.get_category_display(),
        )
        for reader in readers
        if reader.card
    ]
