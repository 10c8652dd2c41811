"""The one list before a term opens: what the records tell, and what somebody has to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shuxiang.circulation.models import LendingTerms
from shuxiang.platform.accounts.queries import holders
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.programmes.queries import new_classes_taught
from shuxiang.readers.models import NewYear
from shuxiang.readers.queries import classes_at_school, sizes
from shuxiang.student_librarians.models import Post
from shuxiang.timetable.models import OpeningHours, Term, Turn
from shuxiang.timetable.queries.opening import see_opening
from shuxiang.timetable.rules.opening import Look

LOOKS: dict[Look, tuple[Promise, Promise, str]] = {
    Look.RULES: (
        _("The lending rules are right for this term"),
        _("How many books, how long, who may renew: read them once as they stand."),
        "circulation.terms_rows",
    ),
    Look.ROOM: (
        _("The room is ready"),
        _("Shelves in order, tables and chairs, light and air, nothing left over from last term."),
        "",
    ),
    Look.CLASSES_TOLD: (
        _("Every class knows when it comes"),
        _("The rotation is printed and with the class teachers."),
        "timetable.see_timetable",
    ),
    Look.HELPERS_TOLD: (
        _("The helpers know their duty"),
        _("Who helps, when, and what a helper does at the desk."),
        "",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the list. With `look` a person says that it is ready; else the records do."""

    words: str | Promise
    said: str | Promise
    is_ready: bool
    leads_to: str = ""
    look: Look | None = None
    by: Entry | None = None

    @property
    def address(self) -> str:
        return reverse(self.leads_to) if self.leads_to else ""


def items(term: Term) -> list[Item]:
    """Look through the records for one term, in a fixed number of queries."""
    return [*_time(term), *_people(term), *_work(term), *_rules(term), *_looked_at(term)]


def _time(term: Term) -> Iterator[Item]:
    yield Item(
        words=_("The term has its days"),
        said=_("The recall day is set.")
        if term.recall_on
        else _("The recall day is not set yet: nothing would be called back at the end."),
        is_ready=term.recall_on is not None,
        leads_to="timetable.see_terms",
    )
    hours = OpeningHours.objects.filter(school=term.school).count()
    yield Item(
        words=_("The opening hours are entered"),
        said=_("Readers see them on the library's page.")
        if hours
        else _("Nobody can tell when the library is open."),
        is_ready=bool(hours),
        leads_to="timetable.see_opening_hours",
    )


def _people(term: Term) -> Iterator[Item]:
    school, year = term.school, term.year.first_year
    classes, counts = classes_at_school(school, year), sizes(school, term.starts_on)
    empty = [each for each in classes if not counts.get(each.pk)]
    done = NewYear.objects.filter(school=school, first_year=year, undone_at=None)
    was_done = done.filter(done_at__isnull=False).exists()
    missing = set(school.grades) - {each.grade(year) for each in classes}
    yield Item(
        words=_("The classes have moved up"),
        said=_("The school's list of the new year was carried out.")
        if was_done
        else _("Every grade has its classes.")
        if not missing
        else _("Some grades have no class: bring the school's list of the new year."),
        is_ready=was_done or not missing,
        leads_to="readers.see_new_year",
    )
    yield Item(
        words=_("The new pupils are in"),
        said=_("Every class has its pupils.")
        if not empty
        else ngettext(
            "%(count)s class has no pupil yet.", "%(count)s classes have no pupil yet.", len(empty)
        )
        % {"count": len(empty)},
        is_ready=bool(classes) and not empty,
        leads_to="readers.see_new_year",
    )


def _work(term: Term) -> Iterator[Item]:
    turns = Turn.objects.standing().filter(term=term)
    with_turn = turns.values("school_class").distinct().count()
    yield Item(
        words=_("The rotation is made"),
        said=ngettext(
            "%(count)s class has its time.", "%(count)s classes have their time.", with_turn
        )
        % {"count": with_turn},
        is_ready=with_turn > 0,
        leads_to="timetable.see_timetable",
    )
    helpers = Post.objects.filter(school=term.school, term=term).appointed().count()
    helpers = helpers or holders(term.school, Role.HELPER).count()
    yield Item(
        words=_("The helpers are named"),
        said=ngettext(
            "%(count)s helper may work at the desk.",
            "%(count)s helpers may work at the desk.",
            helpers,
        )
        % {"count": helpers},
        is_ready=helpers > 0,
        leads_to="student_librarians.see_posts",
    )


def _rules(term: Term) -> Iterator[Item]:
    taught, new = new_classes_taught(term)
    yield Item(
        words=_("The new classes know the rules"),
        said=ngettext(
            "%(taught)s of %(count)s new class has been taught this school year.",
            "%(taught)s of %(count)s new classes have been taught this school year.",
            new,
        )
        % {"taught": taught, "count": new},
        is_ready=bool(new) and taught == new,
        leads_to="programmes.see_orientation",
    )
    rules = LendingTerms.objects.filter(school=term.school).exists()
    yield Item(
        words=_("There are lending rules"),
        said=_("Nothing can be lent without them.") if not rules else _("They are in force."),
        is_ready=rules,
        leads_to="circulation.terms_rows",
    )


def _looked_at(term: Term) -> Iterator[Item]:
    ticked = see_opening(term)
    for look, (words, said, leads_to) in LOOKS.items():
        yield Item(
            words=words,
            said=said,
            is_ready=look in ticked,
            leads_to=leads_to,
            look=look,
            by=ticked.get(look),
        )
