"""Codes become words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuxiang.catalogue.models import Audience
from shuxiang.catalogue.queries import Order
from shuxiang.catalogue.rules.searching import Way
from shuxiang.circulation.rules import HoldReason

ORDERS = {
    Order.NEAREST: _("Nearest first"),
    Order.NEWEST: _("Newest first"),
    Order.CALL_NUMBER: _("By call number"),
    Order.NAME: _("By title"),
}

AUDIENCES = {
    Audience.PRESCHOOL.value: _("Before school"),
    Audience.CHILD.value: _("Primary school, lower grades"),
    Audience.YOUTH.value: _("Primary school, upper grades; junior high"),
    Audience.TEEN.value: _("Senior high school"),
    Audience.ADULT.value: _("Adults"),
    Audience.SCHOLAR.value: _("Research"),
    Audience.TEACHER.value: _("Teachers"),
}
"""Codes of ages, said by school grades: 5 to 10 years, 9 to 14, 14 to 20."""

FORGIVEN = {
    Way.SPOKEN: _("Found by reading “%(text)s” as pinyin and initials."),
    Way.SOUND: _("No title is written “%(text)s”. These sound like it."),
    Way.NEARLY: _("No title is exactly “%(text)s”. These differ by a character or two."),
    Way.SOME_WORDS: _("No title has all of the words “%(text)s”. These have some of them."),
}

HOLDS = {
    HoldReason.READER_LEFT: _("You are down as having left the school."),
    HoldReason.READER_RESTRICTED: _("Your borrowing is paused at present: ask the librarian."),
    HoldReason.ALREADY_HELD: _("You are waiting for this book already."),
    HoldReason.TITLE_ON_HAND: _("You have this book at hand."),
    HoldReason.HOLDS_USED_UP: _(
        "You are waiting for as many books as the rules allow. Fetch or give up one of them first."
    ),
    HoldReason.COPY_IS_IN: _("A copy is in: come and borrow it, nobody need wait."),
    HoldReason.NO_COPY: _("The library has no copy of this book any more."),
    HoldReason.NO_TERMS: _("No lending rule is set for you yet: ask the librarian."),
}
