"""Do: what the catalogue can do. One verb, one transaction, one audit entry."""

from shuxiang.catalogue.actions.accession import (
    DayIsPosted,
    NotYetThere,
    TakeInRefused,
    change_accession,
    open_accession,
    remove_accession,
    take_in,
)
from shuxiang.catalogue.actions.copies import (
    CopyRefused,
    change_copy,
    mark,
    set_standing,
    shelve,
)
from shuxiang.catalogue.actions.desk import NotToBeShelved, put_on_shelf, quick_add
from shuxiang.catalogue.actions.indexing import index_lacking
from shuxiang.catalogue.actions.labelling import give_labels, take_labels_back
from shuxiang.catalogue.actions.ledger import PeriodClosed
from shuxiang.catalogue.actions.periods import close_period
from shuxiang.catalogue.actions.places import (
    NameTaken,
    NotEmpty,
    StillNeeded,
    change_collection,
    change_shelf,
    remove_collection,
    remove_shelf,
)
from shuxiang.catalogue.actions.taking_back import AccessionTakenBack, take_accession_back
from shuxiang.catalogue.actions.titles import (
    TitleRefused,
    add_title,
    change_holding,
    change_title,
)
from shuxiang.catalogue.actions.withdrawal import WithdrawalRefused, withdraw

__all__ = [
    "AccessionTakenBack",
    "CopyRefused",
    "DayIsPosted",
    "NameTaken",
    "NotEmpty",
    "NotToBeShelved",
    "NotYetThere",
    "PeriodClosed",
    "StillNeeded",
    "TakeInRefused",
    "TitleRefused",
    "WithdrawalRefused",
    "add_title",
    "change_accession",
    "change_collection",
    "change_copy",
    "change_holding",
    "change_shelf",
    "change_title",
    "close_period",
    "give_labels",
    "index_lacking",
    "mark",
    "open_accession",
    "put_on_shelf",
    "quick_add",
    "remove_accession",
    "remove_collection",
    "remove_shelf",
    "set_standing",
    "shelve",
    "take_accession_back",
    "take_in",
    "take_labels_back",
    "withdraw",
]
