"""What has been looked at before a term opens."""

from __future__ import annotations

from collections.abc import Mapping

from shuxiang.platform.audit.models import Entry
from shuxiang.timetable.models import Term
from shuxiang.timetable.rules.opening import Look


def see_opening(term: Term) -> Mapping[Look, Entry]:
    """Give the last word about each thing that was found ready, in one query."""
    said = Entry.objects.filter(
        school=term.school,
        verb="timetable.tick_opening",
        subject_label=term._meta.label,
        subject_id=term.pk,
    )
    last = {
        Look(entry.details["look"]): entry for entry in said.select_related("by").order_by("pk")
    }
    return {look: entry for look, entry in last.items() if entry.details["is_good"]}
