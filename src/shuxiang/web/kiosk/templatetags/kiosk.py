"""What the kiosk's templates need beyond `if` and `for`."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuxiang.catalogue.models import Copy
from shuxiang.catalogue.queries import shown_name
from shuxiang.circulation.rules import Objection
from shuxiang.web.components.people import surname
from shuxiang.web.kiosk.told import Shut, Told
from shuxiang.web.kiosk.wording import OBJECTIONS, SENTENCES, SHUT, SHUT_BECAUSE, WEEKDAYS, WORDS

register = template.Library()


@register.filter
def title_of(copy: Copy) -> str:
    """Write the title of a copy with its volume."""
    name = shown_name(copy.holding)
    return name if name.endswith(copy.volume) else f"{name} {copy.volume}"


@register.filter
def first_name(name: str) -> str:
    """Leave the surname off a Chinese name; of any other take the first word."""
    if name.isascii():
        return name.partition(" ")[0]
    return name.removeprefix(surname(name)) or name


@register.filter
def due_day(value: date) -> str:
    """Write a day with its weekday: 11月24日 周二."""
    day = date_format(value, pgettext("date format", "j N"))
    return _("%(day)s, %(weekday)s") % {"day": day, "weekday": WEEKDAYS[value.weekday()]}


@register.filter
def word(told: Told) -> str:
    """Say in a word what happened."""
    return str(WORDS.get(told.what, ""))


@register.filter
def sentence(told: Told) -> str:
    """Say what to do next."""
    return str(SENTENCES.get(told.what, ""))


@register.filter
def objection(said: Objection) -> str:
    """Say to a child what speaks against a loan."""
    return str(OBJECTIONS[said.reason]) % said.details


@register.filter
def shut_title(why: Shut) -> str:
    """Say that there is no self-service here."""
    return str(SHUT[why])


@register.filter
def shut_because(why: Shut) -> str:
    """Say who can open self-service, and how."""
    return str(SHUT_BECAUSE[why])
