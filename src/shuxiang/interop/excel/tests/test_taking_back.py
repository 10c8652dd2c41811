"""An import that was a mistake is taken back: what nothing rests on goes as if it had never come."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

from shuxiang.catalogue import actions as catalogue
from shuxiang.catalogue.models import AccessionBatch, Copy, Holding, Posting, Title
from shuxiang.catalogue.rules import NewCopy, NewTitle
from shuxiang.circulation import actions as circulation
from shuxiang.interop.excel import keeping, plan_file, preview, running, taking_back
from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.tests import files
from shuxiang.interop.excel.tests.test_taking_in import (
    BOOKS,
    READERS,
    counts,
    school,
    shown,
    taken_in,
)
from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.models import Entry
from shuxiang.platform.jobs import actions as jobs
from shuxiang.platform.jobs.models import Job
from shuxiang.platform.jobs.rules import State
from shuxiang.platform.jobs.worker import run
from shuxiang.platform.numbers.models import Barcode
from shuxiang.readers import actions as readers
from shuxiang.readers.models import Membership, Reader, Restriction, SchoolClass
from shuxiang.readers.tests.factories import NOW, TODAY, a_class, a_reader, an_account

__all__ = ["school"]

pytestmark = pytest.mark.django_db

ROOMS = ("platform.audit", "platform.numbers", "catalogue", "readers", "circulation")
LATER = NOW + timedelta(days=1)


def take_back(job: Job) -> Job:
    by = an_account(job.school, Role.LIBRARIAN)
    asked = taking_back.ask(taken_in=job, by=by, now=LATER)
    run(asked, clock=lambda: LATER)
    asked.refresh_from_db()
    return asked


def broken(school) -> list[str]:
    return [
        fault.code
        for room in ROOMS
        for fault in import_module(f"shuxiang.{room}.queries").broken_invariants(school)
    ]


def books(school, tmp_path, rows: list[list[Any]] = BOOKS):
    return taken_in(school, files.xlsx(tmp_path / "a.xlsx", rows))


def lent(school, code: str) -> None:
    row = {"category": "pupil", "max_loans": 2, "loan_days": 14}
    circulation.change_terms(school=school, row=row, by=None, now=NOW)
    circulation.lend(
        copy=Copy.objects.select_related("holding__title").get(barcode=code),
        reader=a_reader(school, school_class=a_class(school), card="C1"),
        act=Act(by=an_account(school, Role.LIBRARIAN), now=NOW, place="1"),
    )


def test_r12_books_that_nothing_rests_on_go_as_if_they_had_never_come(school, tmp_path):
    job = books(school, tmp_path)
    take_back(job)
    left = [model.objects.count() for model in (Copy, Holding, Title, Posting, AccessionBatch)]
    assert left == [0, 0, 0, 0, 0]
    assert not Barcode.objects.filter(retired_at=None).exists()
    assert broken(school) == []


def test_r12_the_same_list_brought_again_has_its_first_counts_again(school, tmp_path):
    path = files.xlsx(tmp_path / "a.xlsx", BOOKS)
    job = taken_in(school, path)
    take_back(job)
    assert counts(shown(school, path)[2]) == counts(job.report)
    assert counts(taken_in(school, path).report) == counts(job.report)
    assert broken(school) == []


def test_numbers_that_the_library_gave_are_not_given_again(school, tmp_path):
    job = books(school, tmp_path)
    given = set(Copy.objects.values_list("accession_number", flat=True))
    number = AccessionBatch.objects.get().number
    take_back(job)
    books(school, tmp_path)
    assert given.isdisjoint(Copy.objects.values_list("accession_number", flat=True))
    assert AccessionBatch.objects.get().number != number


def test_a_list_with_its_own_accession_numbers_comes_in_with_them_again(school, tmp_path):
    rows: list[list[Any]] = [["登录号", "书名"], ["0071", "星星的种子"], ["0072", "河边的磨坊"]]
    take_back(books(school, tmp_path, rows))
    books(school, tmp_path, rows)
    numbers = Copy.objects.order_by("pk").values_list("accession_number", flat=True)
    assert list(numbers) == ["0071", "0072"]
    assert broken(school) == []


def lend_one(school):
    lent(school, "B1")


def change_one(school):
    copy = Copy.objects.get(barcode="B1")
    catalogue.change_copy(copy=copy, changes={"note": "签名本"}, by=None, now=LATER)


def reprice_one(school):
    copy = Copy.objects.get(barcode="B1")
    catalogue.change_copy(copy=copy, changes={"price_fen": 2500}, by=None, now=LATER)


def relabel_one(school):
    copy = Copy.objects.get(barcode="B1")
    catalogue.change_copy(copy=copy, changes={"barcode": "B9"}, by=None, now=LATER)


def withdraw_one(school):
    catalogue.withdraw(
        copies=[Copy.objects.get(barcode="B1")],
        reason="lost",
        withdrawn_on=TODAY,
        by=None,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("done", "why"),
    [
        (lend_one, "circulation.Loan"),
        (change_one, "changed"),
        (reprice_one, "changed"),
        (relabel_one, "catalogue.FormerBarcode"),
        (withdraw_one, "changed"),
    ],
)
def test_a_copy_on_which_something_rests_stays_and_the_books_agree(school, tmp_path, done, why):
    job = books(school, tmp_path)
    done(school)
    expected = taking_back.would_go(job)
    assert (expected.rows, expected.stay) == (4, 1)
    assert why in expected.first[0].why
    take_back(job)
    job.refresh_from_db()
    assert (job.report["went"]["copies"], job.report["went"]["stayed"]) == (4, 1)
    assert Copy.objects.get().holding.title.name == "星星的种子"
    assert broken(school) == []


def test_a_title_moved_to_another_class_keeps_its_copies(school, tmp_path):
    job = books(school, tmp_path)
    holding = Copy.objects.get(barcode="B1").holding
    catalogue.change_holding(holding=holding, changes={"clc": "I287"}, by=None, now=LATER)
    take_back(job)
    assert Copy.objects.count() == 2
    assert broken(school) == []


def test_a_title_that_was_here_before_stays_with_its_other_copies(school, tmp_path):
    other = catalogue.open_accession(
        school=school, source="gift", received_on=TODAY, by=None, now=NOW
    )
    book = NewCopy(title=NewTitle(name="河边的磨坊", author="周二著"), barcode="G1")
    catalogue.take_in(accession=other, copies=[book], by=None, now=NOW)
    job = books(school, tmp_path)
    take_back(job)
    assert Copy.objects.get().barcode == "G1"
    assert Title.objects.get().name == "河边的磨坊"
    assert broken(school) == []


def test_books_in_a_closed_period_are_not_taken_out_of_the_registers(school, tmp_path):
    job = books(school, tmp_path)
    catalogue.close_period(school=school, until_on=TODAY, by=None, now=NOW)
    assert taking_back.would_go(job).closed_until == TODAY
    asked = take_back(job)
    job.refresh_from_db()
    assert (asked.state, job.state) == (State.FAILED, State.DONE)
    assert "登记账已结到" in asked.error
    assert Copy.objects.count() == 5
    assert broken(school) == []


def test_taking_back_is_written_down_once_with_what_went(school, tmp_path):
    job = books(school, tmp_path)
    take_back(job)
    with pytest.raises(taking_back.NothingToTakeBack):
        taking_back.ask(taken_in=job, by=an_account(school, Role.LIBRARIAN), now=LATER)
    entry = Entry.objects.get(verb="jobs.mark_taken_back")
    assert entry.subject_id == job.pk
    assert entry.details["went"]["copies"] == 5
    assert entry.details["went"]["money_fen"] == 2 * 1850 + 3 * 2000


def test_a_preview_made_before_the_taking_back_no_longer_holds(school, tmp_path):
    job = books(school, tmp_path)
    path = files.xlsx(tmp_path / "b.xlsx", BOOKS)
    _, _, report = shown(school, path)
    take_back(job)
    assert preview.stamp(school) != report["stamp"]


def test_an_import_that_stopped_half_way_is_taken_back_as_well(school, tmp_path):
    rows: list[list[Any]] = [["书名", "册数"], *([f"书{n}", 1] for n in range(450))]
    choices, folder, report = shown(school, files.xlsx(tmp_path / "a.xlsx", rows))
    plan = keeping.folder_of(folder) / plan_file.PLAN
    plan.write_text(plan.read_text(encoding="utf-8")[:-40], encoding="utf-8")  # a torn file
    job = jobs.start(
        school=school,
        kind=running.IMPORT,
        by=None,
        now=NOW,
        params={"choices": choices.as_params(), "report": report},
        file=folder,
    )
    run(job, clock=lambda: NOW)
    assert job.state == State.FAILED
    assert 0 < Copy.objects.count() == job.done < 450
    take_back(job)
    assert not Copy.objects.exists()
    assert broken(school) == []


def test_readers_go_with_their_cards_and_classes(school, tmp_path):
    path = files.xlsx(tmp_path / "a.xlsx", READERS)
    job = taken_in(school, path, Kind.READERS)
    take_back(job)
    left = [m.objects.count() for m in (Reader, Membership, Restriction, SchoolClass)]
    assert left == [0, 0, 0, 0]
    again = taken_in(school, path, Kind.READERS)
    assert counts(again.report) == counts(job.report)
    assert broken(school) == []


def move_one(school, pupil):
    readers.move_to_class(
        reader=pupil, school_class=a_class(school, number=9), on=TODAY, by=None, now=LATER
    )


def leave_one(school, pupil):
    readers.leave(reader=pupil, on=TODAY, by=None, now=LATER)


def restrict_one(school, pupil):
    readers.restrict(reader=pupil, why="停借", from_on=TODAY, until_on=None, by=None, now=LATER)


def look_at_one(school, pupil):
    readers.see_reader(reader=pupil, by=an_account(school, Role.LIBRARIAN), now=LATER)


@pytest.mark.parametrize(
    ("done", "stay"), [(move_one, 1), (leave_one, 1), (restrict_one, 1), (look_at_one, 0)]
)
def test_a_reader_to_whom_something_was_done_stays(school, tmp_path, done, stay):
    job = taken_in(school, files.xlsx(tmp_path / "a.xlsx", READERS), Kind.READERS)
    done(school, Reader.objects.get(card="6101"))
    assert taking_back.would_go(job).stay == stay
    take_back(job)
    assert Reader.objects.count() == stay
    assert broken(school) == []
