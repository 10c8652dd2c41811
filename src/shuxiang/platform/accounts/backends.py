"""How a name and a password become an account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from shuxiang.platform.accounts.models import Account
from shuxiang.platform.accounts.queries import account_with_roles
from shuxiang.platform.accounts.rules import DEMO_PASSWORD


class AccountBackend(ModelBackend):
    """Knows an account with its school and roles; the demo's password opens a demo school only."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Account | None:
        account = super().authenticate(request, username, password, **kwargs)
        if account is None:
            return None
        is_demo = account.school is not None and account.school.is_demo
        return account if is_demo or password != DEMO_PASSWORD else None

    def get_user(self, user_id: int) -> Account | None:
        account = account_with_roles(user_id)
        return account if account and self.user_can_authenticate(account) else None


class StandingByBackend(AccountBackend):
    """Knows who confirms one act by a PIN or a password; nobody is signed in by it."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Account | None:
        secret = kwargs.get("secret")
        if not secret or password:
            return None
        account = Account.objects.filter(username=username).first()
        if account and account.is_active and account.has_pin(secret):
            return account
        return super().authenticate(request, username=username, password=secret)
