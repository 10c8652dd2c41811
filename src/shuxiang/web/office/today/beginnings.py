"""What a library still lacks before it can work, each with the page where it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuxiang.catalogue.models import Copy
from shuxiang.circulation.models import LendingTerms
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.timetable.models import OpeningHours, Slot, Term


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing that a library needs; without it nothing can be lent, unless it `can_wait`."""

    name: str
    model: type[Model]
    words: Promise
    why: Promise
    leads_to: str
    can_wait: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """A need, and whether it is met."""

    need: Need
    is_done: bool

    @property
    def name(self) -> str:
        return self.need.name

    @property
    def address(self) -> str:
        """Where it is entered; empty while that page is not there."""
        try:
            return reverse(self.need.leads_to)
        except NoReverseMatch:
            return ""


NEEDS = (
    Need(
        name="term",
        model=Term,
        words=_("The term"),
        why=_("First day, last day and recall day: due dates keep to them."),
        leads_to="timetable.see_terms",
    ),
    Need(
        name="classes",
        model=SchoolClass,
        words=_("The classes"),
        why=_("Which classes are at school; they come by themselves when readers are imported."),
        leads_to="readers.see_classes",
    ),
    Need(
        name="readers",
        model=Reader,
        words=_("The readers"),
        why=_("Pupils and teachers, from the school's own Excel list or one by one."),
        leads_to="readers.see_readers",
    ),
    Need(
        name="books",
        model=Copy,
        words=_("The books"),
        why=_("From the list that you have, in any order of columns; or scanned one by one."),
        leads_to="catalogue.see_catalogue",
    ),
    Need(
        name="terms",
        model=LendingTerms,
        words=_("The lending rules"),
        why=_("How many books for how many days: without a rule nothing is lent."),
        leads_to="circulation.terms_rows",
    ),
    Need(
        name="hours",
        model=OpeningHours,
        words=_("The opening hours"),
        why=_("Until when the library is open, for whom."),
        leads_to="timetable.see_opening_hours",
        can_wait=True,
    ),
    Need(
        name="slots",
        model=Slot,
        words=_("The slots of the classes"),
        why=_("When which class comes; classes that come on their own need none."),
        leads_to="timetable.add_slots",
        can_wait=True,
    ),
)


def steps(school: School) -> list[Step]:
    """List what a library needs, and what of it is there."""
    return [
        Step(need=need, is_done=need.model._default_manager.filter(school=school).exists())
        for need in NEEDS
    ]
