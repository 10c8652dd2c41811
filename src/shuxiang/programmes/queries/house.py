"""The rules of the house, from what the school has set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuxiang.catalogue.models import Collection
from shuxiang.circulation.queries.policy import policy_of
from shuxiang.circulation.rules import steps_of
from shuxiang.platform.schools.models import School
from shuxiang.platform.schools.queries import settings_of
from shuxiang.programmes.rules import (
    DueIfLent,
    Heading,
    HouseFacts,
    Part,
    due_if_lent,
    house_rules,
)
from shuxiang.readers.queries import classes_at_school


@dataclass(frozen=True, kw_only=True)
class HouseRules:
    """The rules as they hold on a day."""

    parts: tuple[Part, ...]
    due: tuple[DueIfLent, ...]
    """When what is borrowed on that day is due."""


def see_rules(school: School, today: date) -> HouseRules:
    """Write a school's rules, in a fixed number of queries."""
    facts = _facts(school, today)
    return HouseRules(parts=house_rules(facts), due=due_if_lent(facts))


def _facts(school: School, today: date) -> HouseFacts:
    policy, chosen = policy_of(school, today), settings_of(school)
    classes = {
        each.pk: (policy.name_of(each), grade)
        for each in classes_at_school(school, policy.school_year)
        if (grade := each.grade(policy.school_year))
    }
    named = {row.collection for row in policy.rows if row.collection}
    return HouseFacts(
        today=today,
        grades=school.grades,
        rows=policy.rows,
        calendar=policy.calendar,
        modes=policy.modes,
        classes=classes,
        with_turn=frozenset(policy.comings),
        collections=dict(
            Collection.objects.filter(school=school, pk__in=named)
            .order_by("pk")
            .values_list("pk", "name")
        ),
        recall_on=policy.recall_on,
        last_lending_on=policy.last_lending_on,
        steps=steps_of(chosen["late.steps"]),
        ready_days=chosen["desk.ready_days"],
        own_page=chosen["readers.sign_in"],
        kiosk=chosen["kiosk.open"],
        class_forgoes=chosen["late.class_forgoes"],
        own={
            Heading.CARE: tuple(chosen["house.care"]),
            Heading.MANNERS: tuple(chosen["house.manners"]),
        },
    )
