"""Codes become words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuxiang.catalogue.rules import Correction, Doubt, Fault

FAULTS = {
    Fault.NO_NAME: _("The title has no name."),
    Fault.NO_SUCH_TITLE: _("This title is no longer in the union catalogue."),
    Fault.BARCODE_TAKEN: _("Another copy already wears the barcode %(value)s."),
    Fault.BARCODE_IS_A_CARD: _("%(value)s is a reader's card, not a book's barcode."),
    Fault.BARCODE_TWICE: _("The barcode %(value)s is given to two copies."),
    Fault.BARCODE_TOO_LONG: _("The barcode is longer than 64 characters."),
    Fault.NUMBER_TAKEN: _("The accession number %(value)s was given before."),
    Fault.NUMBER_TWICE: _("The accession number %(value)s is given to two copies."),
    Fault.NUMBER_TOO_LONG: _("The accession number is longer than 40 characters."),
    Fault.NEGATIVE_PRICE: _("A price can't be less than nothing."),
    Fault.TAKEN_IN_AS_WITHDRAWN: _("A copy can't come in as withdrawn."),
    Fault.ALREADY_WITHDRAWN: _("%(value)s has been withdrawn already."),
    Fault.IN_CLASS_BOX: _("%(value)s is in a class box: take it out of the box first."),
    Fault.IN_TRANSIT: _("%(value)s is on its way: withdraw it when it has arrived."),
    Fault.BEFORE_IT_CAME: _("%(value)s came in after this day."),
    Fault.CALL_NUMBER_TAKEN: _("Another title already has the call number %(value)s."),
    Fault.CLASS_UNKNOWN: _("%(value)s is no class of the Chinese Library Classification."),
}

DOUBTS = {
    Doubt.SHARED_NUMBER: _("Another title has the same ISBN."),
    Doubt.CUT_SHORT: _("A field was too long and has been cut; the source record has the whole."),
}

CORRECTIONS = {
    Correction.PRICE_CHANGED: _("Price put right"),
    Correction.CLASS_CHANGED: _("Class changed"),
}

INVARIANTS = {
    "barcode_not_registered": _(
        "%(count)s copies wear a barcode that the register of barcodes does not know: %(examples)s"
    ),
    "barcode_of_no_copy": _(
        "%(count)s barcodes are kept for copies that do not wear them: %(examples)s"
    ),
    "barcode_twice": _("%(count)s barcodes are on two living copies: %(examples)s"),
    "accession_number_twice": _("%(count)s accession numbers were given twice: %(examples)s"),
    "accession_number_above_sequence": _(
        "%(count)s accession numbers would be given a second time: %(examples)s"
    ),
    "call_number_twice": _("%(count)s call numbers stand on two titles: %(examples)s"),
    "call_number_in_disorder": _(
        "%(count)s call numbers are not made of their class and book number: %(examples)s"
    ),
    "withdrawn_without_document": _(
        "%(count)s copies are withdrawn without a document, or have one and are not: %(examples)s"
    ),
    "price_not_posted": _("%(count)s copies have another price than the registers: %(examples)s"),
    "copy_of_another_school": _("%(count)s copies hang on another school's rows: %(examples)s"),
    "postings_differ_from_stock": _(
        "In %(count)s classes the registers and the copies on the books differ: %(examples)s"
    ),
    "accession_differs_from_copies": _(
        "%(count)s accessions count other copies than those that name them: %(examples)s"
    ),
    "withdrawal_differs_from_copies": _(
        "%(count)s withdrawals count other copies than those that name them: %(examples)s"
    ),
    "wrongly_filed": _(
        "%(count)s titles stand in the search index otherwise than in the catalogue: %(examples)s"
    ),
}
