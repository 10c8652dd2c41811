"""What is said of paper, and what stands on it."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shuxiang.paper.cards import Wording

SHEETS = {
    "24": _("24 labels, 70 × 37 mm"),
    "21": _("21 labels, 63.5 × 38.1 mm"),
    "40": _("40 labels, 48.5 × 25.4 mm"),
    "65": _("65 labels, 38.1 × 21.2 mm"),
}


def on_cards(school_name: str) -> Wording:
    """Give the words of a card: in the school's language, whoever prints it."""
    with translation.override(settings.LANGUAGE_CODE):
        return Wording(
            school=school_name,
            heading=gettext("Reader card"),
            found=gettext("If you find this card, please bring it to the school library."),
        )
