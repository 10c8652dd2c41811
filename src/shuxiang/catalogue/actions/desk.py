"""What the desk does to the stock: enter a book that is not on the books, put one on its shelf."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuxiang.catalogue.actions.accession import enter_accession, enter_copies
from shuxiang.catalogue.actions.copies import mark
from shuxiang.catalogue.models import AccessionBatch, Copy, Standing
from shuxiang.catalogue.rules import NewCopy, NewTitle, numbers_read
from shuxiang.platform.accounts.models import Account
from shuxiang.platform.audit.actions import Act, record_act
from shuxiang.platform.schools.models import School


@transaction.atomic
def quick_add(
    *, school: School, name: str, act: Act, barcode: str = "", isbn: str = "", author: str = ""
) -> Copy:
    """Enter one copy with what is known at the desk, into the day's accession of such copies.

    :raises TakeInRefused: if the name is empty or the barcode is taken
    :raises PeriodClosed: if the registers are closed today
    :raises NonceReused: if the act's number did something else before
    """
    if done := act.done(school):
        return Copy.objects.get(pk=done.subject_id or 0)
    new = NewCopy(
        title=NewTitle(name=name, author=author, numbers=numbers_read(isbn), source="desk"),
        barcode=barcode,
    )
    accession = _of_the_day(school, act.by, act.now)
    copy = enter_copies(accession=accession, copies=[new], now=act.now).copies.get()
    record_act("catalogue.quick_add", copy, school=school, act=act, accession=accession.number)
    return copy


class NotToBeShelved(Exception):
    """The copy does not wait to be shelved; nothing was written."""

    def __init__(self, copy: Copy) -> None:
        super().__init__(copy.pk)
        self.copy = copy


@transaction.atomic
def put_on_shelf(*, copy: Copy, act: Act) -> Copy:
    """Say that one copy that waited to be shelved stands on its shelf.

    :raises NotToBeShelved: if it did not wait
    :raises NonceReused: if the act's number did something else before
    """
    copy = (
        Copy.objects.select_for_update(no_key=True, of=("self",))
        .select_related("school", "shelf", "holding__title")
        .get(pk=copy.pk)
    )
    if act.done(copy.school):
        return copy
    if copy.standing != Standing.TO_BE_SHELVED:
        raise NotToBeShelved(copy)
    mark(copy, Standing.ON_SHELF)
    record_act("catalogue.put_on_shelf", copy, school=copy.school, act=act, copy=copy.pk)
    return copy


def _of_the_day(school: School, by: Account | None, now: datetime) -> AccessionBatch:
    today = school.day(now)
    there = AccessionBatch.objects.filter(
        school=school, source=AccessionBatch.Source.DESK, received_on=today
    ).first()
    return there or enter_accession(
        school=school, source=AccessionBatch.Source.DESK, received_on=today, by=by, now=now
    )
