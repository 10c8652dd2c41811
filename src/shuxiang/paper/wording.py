"""The words that stand on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from shuxiang.paper.cards import Wording
from shuxiang.readers.models import Reader
from shuxiang.timetable.models import Term
from shuxiang.timetable.wording import term as term_named


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


def in_school_language(say: Callable[[], str]) -> str:
    """Say something in the school's language, whoever prints it."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(say())


def name_of_term(term: Term) -> str:
    """Name a term in the school's language."""
    return in_school_language(lambda: term_named(term.year.first_year, term.number))


def addressed(*, class_name: str, name: str) -> str:
    """Address who gets a certificate."""
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("%(class)s, %(name)s:") % {"class": class_name, "name": name}


def praise(*, term: str) -> str:
    """Say on a certificate for what it is given."""
    with translation.override(settings.LANGUAGE_CODE):
        words = gettext(
            "In the %(term)s you served the school library with care and diligence "
            "and helped your schoolmates to read. We name you"
        )
        return words % {"term": term}


def signed(school_name: str) -> str:
    """Sign for the library of a school."""
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("%(school)s library") % {"school": school_name}


def day_of(day: date) -> str:
    """Write a day as the school does."""
    return in_school_language(lambda: date_format(day))


@dataclass(frozen=True, kw_only=True)
class PosterWords:
    """What stands above and below the rules."""

    title: str
    foot: str


def on_poster(day: date) -> PosterWords:
    """Give the words of the poster, in the language that is spoken now."""
    foot = gettext("As of %(day)s. What holds today stands on the library's page.")
    return PosterWords(
        title=gettext("The rules of our library"), foot=foot % {"day": date_format(day)}
    )
