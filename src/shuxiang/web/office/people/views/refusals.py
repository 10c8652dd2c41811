"""Why a number or a card was refused, in words that name who has it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuxiang.platform.numbers.models import Barcode
from shuxiang.readers.actions import CardTaken, CardUnfit, NumberTaken

USERNAME_TAKEN = gettext_lazy("Somebody already signs in with this name.")
USERNAME_UNFIT = gettext_lazy("Take 2 to 60 letters, digits or Chinese characters without blanks.")


def number_refused(taken: NumberTaken) -> str:
    """Say who has the number."""
    holder = taken.reader.name if taken.reader else ""
    return _("%(name)s has this number. Look at both before you change one.") % {"name": holder}


def card_refused(refused: CardTaken | CardUnfit) -> str:
    """Say what the barcode names already."""
    if isinstance(refused, CardUnfit):
        return _("No card carries so long a number. Scan it once more.")
    if refused.kind == Barcode.Kind.COPY:
        return _("This is the barcode of a book, not of a card.")
    if refused.holder:
        return _("This is the card of %(name)s. Take it away there first.") % {
            "name": refused.holder.name
        }
    return _("This card is given to somebody else.")
