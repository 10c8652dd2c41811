"""A school sees its own rows only: a query outside a school's scope raises."""

from __future__ import annotations

from typing import NoReturn, TypeVar

from django.db import models
from django_scopes import get_scope
from django_scopes.manager import DisabledQuerySet

M = TypeVar("M", bound=models.Model)


class OutOfScope(DisabledQuerySet):  # type: ignore[misc]  # django-scopes has no types
    """What a query without a school gets: every question raises `ScopeError`."""

    exclude = exists = in_bulk = contains = annotate = explain = DisabledQuerySet.error

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        self.error()
        raise AttributeError(name)


class SchoolManager(models.Manager[M]):
    """The manager of a table whose rows belong to a school: it sees those of the scope's school.

    The query itself raises `ScopeError` outside `django_scopes.scope(school=…)`.
    """

    def get_queryset(self) -> models.QuerySet[M]:
        scope = get_scope()
        if not scope.get("_enabled", True):
            return super().get_queryset()
        if "school" not in scope:
            closed: models.QuerySet[M] = OutOfScope(
                self.model, using=self._db, missing_scopes={"school"}
            )
            return closed
        return super().get_queryset().filter(school=scope["school"])

    def all(self) -> models.QuerySet[M]:
        return self.get_queryset()
