"""Titles (union), stock (a school's), registers (the books of account)."""

from shuxiang.catalogue.models.index import IndexCard
from shuxiang.catalogue.models.registers import (
    AccessionBatch,
    ClosedPeriod,
    Posting,
    WithdrawalBatch,
)
from shuxiang.catalogue.models.stock import (
    Collection,
    Copy,
    FormerBarcode,
    Holding,
    Shelf,
    Standing,
)
from shuxiang.catalogue.models.titles import Audience, Contributor, Title, TitleNumber

__all__ = [
    "AccessionBatch",
    "Audience",
    "ClosedPeriod",
    "Collection",
    "Contributor",
    "Copy",
    "FormerBarcode",
    "Holding",
    "IndexCard",
    "Posting",
    "Shelf",
    "Standing",
    "Title",
    "TitleNumber",
    "WithdrawalBatch",
]
