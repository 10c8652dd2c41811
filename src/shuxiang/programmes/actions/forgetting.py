"""Let go of who was paired with whom and who missed what; what came of it is counted before."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from shuxiang.platform.audit.actions import record
from shuxiang.platform.schools.models import School
from shuxiang.programmes.models import Pair
from shuxiang.programmes.queries.forgetting import missed_to_forget, pairs_to_forget
from shuxiang.programmes.queries.pairs import effects_of, kept_counts


@transaction.atomic
def forget(*, school: School, before: date, now: datetime) -> dict[str, int]:
    """
    Count what came of the pairs of past terms, end them and take the names off, and those
    of pupils who missed a session of orientation; tell how many.

    It is called before the loans lose their names: see `retention.toml`.
    """
    pairs = list(pairs_to_forget(school, before))
    effects = effects_of(school, pairs, school.day(now))
    for pair in pairs:
        counts = effects[pair.pk].counts
        if counts and kept_counts(pair) is None:
            Pair.objects.filter(pk=pair.pk).update(**asdict(counts))
    keys = [pair.pk for pair in pairs]
    Pair.objects.standing().filter(pk__in=keys).update(until_on=school.day(now))
    Pair.objects.filter(pk__in=keys).update(guide=None, reader=None)
    missed = missed_to_forget(school, before)
    gone = {"pairs": len(keys), "missed": missed.count()}
    missed.delete()
    if any(gone.values()):
        record("programmes.forget", None, school=school, by=None, at=now, **gone)
    return gone
