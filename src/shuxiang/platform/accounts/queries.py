"""Who signs in. Reads only; an account is always asked for with its school."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.accounts.rules import DEMO_PUPIL
from shuxiang.platform.database.plain import Columns, join, many
from shuxiang.platform.schools.models import School

ACCOUNT = Columns(Account, "a")
SCHOOL = Columns(School, "y")
WITH_ROLES = f"""
SELECT h.role, {ACCOUNT.sql}, {SCHOOL.sql}
FROM accounts_account a
LEFT JOIN schools_school y ON y.id = a.school_id
LEFT JOIN accounts_heldrole h ON h.account_id = a.id
WHERE a.id = %s
"""  # noqa: S608 - columns and tables only; by hand, since every request asks it


def accounts_of(school: School) -> QuerySet[Account]:
    """List a school's accounts with their roles, those in use first, in two queries."""
    return (
        Account.objects.filter(school=school)
        .prefetch_related("held_roles")
        .order_by("-is_active", "username", "id")
    )


def see_accounts(school: School, text: str = "") -> QuerySet[Account]:
    """
    Search the school's accounts by name or user name.

    An empty text finds all that somebody looks after one by one: not the pupils who sign in by PIN.
    """
    if not text:
        return without_pins(accounts_of(school))
    return accounts_of(school).filter(Q(name__icontains=text) | Q(username__icontains=text))


def without_pins(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Leave out the accounts that a card and a PIN open, of which a school has a thousand."""
    return accounts.exclude(~Q(pin=""), password__startswith=UNUSABLE_PASSWORD_PREFIX)


def account_of(school: School, pk: int) -> Account | None:
    """Find one account, if it is the school's."""
    return accounts_of(school).filter(pk=pk).first()


def account_with_roles(pk: int) -> Account | None:
    """Find who is signed in, with school and roles, in one statement."""
    rows = many(WITH_ROLES, [pk])
    if not rows:
        return None
    values = iter(rows[0][1:])
    account = ACCOUNT.take(values)
    if account:
        join(account, school=SCHOOL.take(values))
        account.roles = frozenset(Role(row[0]) for row in rows if row[0])
    return account


def holders(school: School, role: Role) -> QuerySet[Account]:
    """List the accounts in use that hold a role."""
    return accounts_of(school).filter(is_active=True, held_roles__role=role)


def spelling_of(username: str) -> str:
    """Give a user name as it was given to its account; one that nobody has, in small letters."""
    known = Account.objects.filter(username__iexact=username).values_list("username", flat=True)
    return known.first() or username.lower()


def nobody_yet() -> bool:
    """Tell whether this home has no account at all, so that it still has to be set up."""
    return not Account.objects.exists()


def demo_accounts(school: School) -> list[Account]:
    """Choose one account a role to try a demo school with; none of any other school."""
    if not school.is_demo:
        return []
    shown: dict[Role, Account] = {}
    for account in accounts_of(school).filter(is_active=True).order_by("id"):
        if account.roles:
            shown.setdefault(first_role(account), account)
    return [shown[role] for role in Role if role in shown]


def demo_pupil(school: School) -> Account | None:
    """Find the pupil whose card and PIN a demo school shows; none of any other school."""
    if not school.is_demo:
        return None
    return holders(school, Role.PUPIL).exclude(pin="").filter(username=DEMO_PUPIL).first()


def first_role(account: Account) -> Role:
    """Tell the first role of an account in the order of the table."""
    return min(account.roles, key=list(Role).index)
