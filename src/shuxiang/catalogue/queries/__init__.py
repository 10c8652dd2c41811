"""Ask: what the catalogue knows. Reads only."""

from shuxiang.catalogue.queries.admission import barcode_kinds, take_in_faults
from shuxiang.catalogue.queries.checking import broken_invariants
from shuxiang.catalogue.queries.finding import (
    copies_by_isbn,
    copy_by_code,
    find_titles,
    lacking_counts,
    see_catalogue,
    stock_counts,
    to_be_shelved,
)
from shuxiang.catalogue.queries.labelling import (
    LabelsGiven,
    copies_labelled,
    labels_given,
    numbered,
    without_label,
)
from shuxiang.catalogue.queries.registers import (
    closed_until,
    documents,
    is_open,
    see_copies,
    see_registers,
)
from shuxiang.catalogue.queries.search import Hits, Narrowing, fetch, search
from shuxiang.catalogue.queries.showing import ShownTitle, is_shared, shown, shown_name
from shuxiang.catalogue.queries.taking_back import CopiesTakenBack, copies_to_take_back
from shuxiang.catalogue.queries.union import titles_by_isbn

__all__ = [
    "CopiesTakenBack",
    "Hits",
    "LabelsGiven",
    "Narrowing",
    "ShownTitle",
    "barcode_kinds",
    "broken_invariants",
    "closed_until",
    "copies_by_isbn",
    "copies_labelled",
    "copies_to_take_back",
    "copy_by_code",
    "documents",
    "fetch",
    "find_titles",
    "is_open",
    "is_shared",
    "labels_given",
    "lacking_counts",
    "numbered",
    "search",
    "see_catalogue",
    "see_copies",
    "see_registers",
    "shown",
    "shown_name",
    "stock_counts",
    "take_in_faults",
    "titles_by_isbn",
    "to_be_shelved",
    "without_label",
]
