"""Ask: what the catalogue knows. Reads only."""

from shuxiang.catalogue.queries.admission import barcode_kinds, take_in_faults
from shuxiang.catalogue.queries.browsing import (
    Order,
    beside,
    by_the_same,
    counts_of,
    main_class_counts,
    newest,
    of_the_series,
    ordered,
    word_for_word,
)
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
from shuxiang.catalogue.queries.listing import ListedTitle, as_listed, listed, shelf_names
from shuxiang.catalogue.queries.registers import (
    closed_until,
    documents,
    is_open,
    see_copies,
    see_registers,
)
from shuxiang.catalogue.queries.search import Hits, Narrowing, fetch, search
from shuxiang.catalogue.queries.showing import ShownTitle, is_shared, name_with, shown, shown_name
from shuxiang.catalogue.queries.taking_back import CopiesTakenBack, copies_to_take_back
from shuxiang.catalogue.queries.union import titles_by_isbn

__all__ = [
    "CopiesTakenBack",
    "Hits",
    "LabelsGiven",
    "ListedTitle",
    "Narrowing",
    "Order",
    "ShownTitle",
    "as_listed",
    "barcode_kinds",
    "beside",
    "broken_invariants",
    "by_the_same",
    "closed_until",
    "copies_by_isbn",
    "copies_labelled",
    "copies_to_take_back",
    "copy_by_code",
    "counts_of",
    "documents",
    "fetch",
    "find_titles",
    "is_open",
    "is_shared",
    "labels_given",
    "lacking_counts",
    "listed",
    "main_class_counts",
    "name_with",
    "newest",
    "numbered",
    "of_the_series",
    "ordered",
    "search",
    "see_catalogue",
    "see_copies",
    "see_registers",
    "shelf_names",
    "shown",
    "shown_name",
    "stock_counts",
    "take_in_faults",
    "titles_by_isbn",
    "to_be_shelved",
    "without_label",
    "word_for_word",
]
