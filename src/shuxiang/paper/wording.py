"""The words that stand on paper."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from shuxiang.paper.cards import Wording
from shuxiang.readers.models import Reader


def kind_of(reader: Reader) -> str:
    """Say what somebody without a class is, in the school's language."""
    with translation.override(settings.LANGUAGE_CODE):
        return reader.get_category_display()


def on_cards(school_name: str) -> Wording:
    """Give the words of a card: in the school's language, whoever prints it."""
    with translation.override(settings.LANGUAGE_CODE):
        return Wording(
            school=school_name,
            heading=gettext("Reader card"),
            found=gettext("If you find this card, please bring it to the school library."),
        )
