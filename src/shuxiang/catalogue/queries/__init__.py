"""Ask: what the catalogue knows. Reads only."""

from shuxiang.catalogue.queries.admission import barcode_kinds, take_in_faults
from shuxiang.catalogue.queries.finding import (
    copies_by_isbn,
    copy_by_code,
    find_titles,
    see_catalogue,
)
from shuxiang.catalogue.queries.showing import ShownTitle, is_shared, shown, shown_name
from shuxiang.catalogue.queries.union import titles_by_isbn

__all__ = [
    "ShownTitle",
    "barcode_kinds",
    "copies_by_isbn",
    "copy_by_code",
    "find_titles",
    "is_shared",
    "see_catalogue",
    "shown",
    "shown_name",
    "take_in_faults",
    "titles_by_isbn",
]
