"""Which rooms an account may enter, and which of them it comes for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import settings_of
from shuxiang.readers.queries import SIGN_IN


@dataclass(frozen=True, kw_only=True)
class Door:
    """A room, what is done there, and who may enter."""

    leads_to: str
    permission: str
    words: Promise
    purpose: Promise
    icon: str
    unless: str = ""
    setting: str = ""
    """What the school has to have turned on."""

    @property
    def address(self) -> str:
        return reverse(self.leads_to)


DOORS = (
    Door(
        leads_to="circulation.today_in_figures",
        permission="circulation.see_loans",
        words=_("Office"),
        purpose=_("Today, the stock, readers, classes, time and settings"),
        icon="home",
    ),
    Door(
        leads_to="circulation.see_desk",
        permission="circulation.see_desk",
        words=_("Desk"),
        purpose=_("Lend, take back and renew with the scanner"),
        icon="barcode",
    ),
    Door(
        leads_to="circulation.see_class_loans",
        permission="circulation.see_class_loans",
        words=_("My classes"),
        purpose=_("What your pupils have out and what is late"),
        icon="school",
        unless="readers.see_classes",
    ),
    Door(
        leads_to="circulation.see_visit",
        permission="circulation.open_visit",
        words=_("Class visit"),
        purpose=_("A class returns its books and borrows new ones"),
        icon="users-group",
    ),
    Door(
        leads_to="accounts.see_accounts",
        permission="accounts.see_accounts",
        words=_("Accounts"),
        purpose=_("Who signs in, roles and new passwords"),
        icon="key",
    ),
    Door(
        leads_to="catalogue.see_catalogue",
        permission="catalogue.see_catalogue",
        words=_("Titles and copies"),
        purpose=_("What the library has"),
        icon="books",
    ),
    Door(
        leads_to="circulation.see_own_loans",
        permission="circulation.see_own_loans",
        words=_("My books"),
        purpose=_("What I have, when it is due, and what I wait for"),
        icon="book",
        setting=SIGN_IN,
    ),
)


def open_to(account: Account) -> Iterator[Door]:
    """Give the doors that an account may open, the one it comes for first."""
    on = _settings(account.school) if account.school else {}
    for door in DOORS:
        is_on = not door.setting or on.get(door.setting)
        has_another_way = bool(door.unless) and account.has_perm(door.unless)
        may_enter = account.has_perm(door.permission) and not has_another_way
        if may_enter and is_on and _is_built(door):
            yield door


def way_in(account: Account) -> str:
    """Tell where somebody goes after signing in."""
    if account.must_change_password:
        return reverse("accounts.change_own_password")
    return next((door.address for door in open_to(account)), reverse("front"))


def _settings(school: School) -> dict[str, Any]:
    """Read the settings of an account's school, whichever school the request came to."""
    with scope(school=school):
        return settings_of(school)


def _is_built(door: Door) -> bool:
    try:
        return bool(door.address)
    except NoReverseMatch:
        return False
