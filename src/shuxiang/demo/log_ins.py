"""The demo's log-ins, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from shuxiang.platform.accounts.queries import demo_accounts
from shuxiang.platform.accounts.rules import DEMO_PASSWORD
from shuxiang.platform.schools.models import School


def lines() -> Iterator[str]:
    """Tell who can sign in to the demo school, one a role."""
    for school in School.objects.filter(is_demo=True):
        yield _("Demo school. Password of every log-in: %(password)s") % {"password": DEMO_PASSWORD}
        for account in demo_accounts(school):
            roles = "、".join(str(held.get_role_display()) for held in account.held_roles.all())
            yield f"  {account.username:<14}{roles}  {account.name}"
