"""What a library still lacks before it can work, each with the page where it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuxiang.catalogue.models import Copy
from shuxiang.circulation.models import LendingTerms
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader, SchoolClass
from shuxiang.timetable.models import OpeningHours, Slot, Term


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that a library needs."""

    name: str
    words: Promise
    why: Promise
    leads_to: str
    is_done: bool = False
    is_needed: bool = True
    """Without it nothing can be lent."""

    @property
    def address(self) -> str:
        """Where it is entered; empty while that page is not there."""
        try:
            return reverse(self.leads_to)
        except NoReverseMatch:
            return ""


def steps(school: School) -> list[Step]:
    """List what a library needs, and what of it is there."""

    def there(model: type) -> bool:
        return bool(model.objects.filter(school=school).exists())  # type: ignore[attr-defined]

    return [
        Step(
            name="term",
            words=_("The term"),
            why=_("First day, last day and recall day: due dates keep to them."),
            leads_to="timetable.add_term",
            is_done=there(Term),
        ),
        Step(
            name="classes",
            words=_("The classes"),
            why=_(
                "Which classes are at school; they come by themselves when readers are imported."
            ),
            leads_to="readers.see_classes",
            is_done=there(SchoolClass),
        ),
        Step(
            name="readers",
            words=_("The readers"),
            why=_("Pupils and teachers, from the school's own Excel list or one by one."),
            leads_to="readers.see_readers",
            is_done=there(Reader),
        ),
        Step(
            name="books",
            words=_("The books"),
            why=_("From the list that you have, in any order of columns; or scanned one by one."),
            leads_to="jobs.see_jobs",
            is_done=there(Copy),
        ),
        Step(
            name="terms",
            words=_("The lending rules"),
            why=_("How many books for how many days: without a rule nothing is lent."),
            leads_to="circulation.terms_rows",
            is_done=there(LendingTerms),
        ),
        Step(
            name="hours",
            words=_("The opening hours"),
            why=_("Until when the library is open, for whom."),
            leads_to="timetable.see_opening_hours",
            is_done=there(OpeningHours),
            is_needed=False,
        ),
        Step(
            name="slots",
            words=_("The slots of the classes"),
            why=_("When which class comes; classes that come on their own need none."),
            leads_to="timetable.add_slots",
            is_done=there(Slot),
            is_needed=False,
        ),
    ]
