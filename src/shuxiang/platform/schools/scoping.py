"""A school sees its own rows only: a query outside a school's scope raises."""

from __future__ import annotations

from typing import Any

from django.db import models
from django_scopes import ScopedManager


def scoped(queryset: type[models.QuerySet[Any]] = models.QuerySet) -> Any:
    """Make the manager of a table whose rows belong to a school."""
    return ScopedManager(
        _manager_class=models.Manager.from_queryset(queryset),
        school="school",
    )
