"""The hand-written statements' twins in the ORM: slower, plainer, and always right."""

from __future__ import annotations

from datetime import date, datetime

from shuxiang.catalogue.models import Copy
from shuxiang.circulation.models import Hold, Loan
from shuxiang.circulation.queries.hot import HotFacts
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader
from shuxiang.readers.queries import class_of


def facts(*, reader: Reader, copy: Copy, day: date) -> HotFacts:
    """Count the same as `hot.facts`."""
    own_class = class_of(reader, day)
    on_hand = Loan.objects.on_hand().filter(reader=reader)
    return HotFacts(
        school_class=own_class.pk if own_class else None,
        stage=own_class.stage if own_class else "",
        cohort=own_class.cohort if own_class else 0,
        number=own_class.number if own_class else 0,
        mark=own_class.mark if own_class else "",
        restrictions=reader.restrictions.in_force(day).count(),
        at_home=on_hand.filter(kind=Loan.Kind.HOME).count(),
        overdue=on_hand.filter(due_on__lt=day).count(),
        same_title=on_hand.filter(copy__holding=copy.holding).count(),
        copy_out=Loan.objects.on_hand().filter(copy=copy).count(),
        holds=Hold.objects.open().filter(holding=copy.holding).count(),
    )


def is_later_than(school: School, moment: datetime) -> bool:
    """Tell the same as `hot.is_later_than`."""
    last = Entry.objects.filter(school=school).order_by("pk").last()
    return last is not None and last.at > moment
