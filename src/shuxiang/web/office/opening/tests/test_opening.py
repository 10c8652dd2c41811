"""A term opens in the browser: the list of what must be ready, and the new school year."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuxiang.circulation.models import Hold
from shuxiang.readers.models import Membership, NewYear, Reader
from shuxiang.timetable.rules import TermDates
from shuxiang.timetable.tests.factories import a_term


def workbook(*rows):
    page = io.BytesIO()
    with xlsxwriter.Workbook(page, {"in_memory": True}) as book:
        sheet = book.add_worksheet("全校名单")
        for number, row in enumerate((("班级", "姓名", "学号"), *rows)):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("新学年.xlsx", page.getvalue())


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def pupils(library):
    """The three pupils of the class, each with the number that the list knows."""
    for number, pupil in enumerate(library.pupils):
        Reader.objects.filter(pk=pupil.pk).update(number=f"0{number}")
    return library.pupils


def bring(office, *rows, first_year=2027):
    asked = {"first_year": first_year, "file": workbook(*rows)}
    return office.post(reverse("readers.bring_year"), asked, follow=True)


def test_r28_the_list_is_looked_at_carried_out_and_taken_back(library, office, pupils):
    stays, gone, moves = pupils
    grade = library.school_class.grade(2027)
    library.lend(copy=0, pupil=1)
    shown = bring(
        office,
        (f"{grade}年级{library.school_class.mark}班", stays.name, "00"),
        (f"{grade}年级9班", moves.name, "02"),
        ("一年级1班", "新同学", "77"),
    )
    year = NewYear.objects.get()
    assert "名单里没有：离校" in words(shown)
    assert gone.name in words(shown)
    assert moves.name in words(
        office.get(f"{reverse('readers.year_plan', args=[year.pk])}?step=divided")
    )
    done = office.post(
        reverse("readers.begin_year", args=[year.pk]),
        {"shown": shown.context["plan"].stamp},
        follow=True,
    )
    assert "离校但还有书未还" in words(done)
    assert [(one.name, books) for one, books in done.context["owing"]] == [(gone.name, 1)]
    slip = reverse("circulation.clearance_slip", args=[gone.pk])
    assert "还不能出清还单" in words(office.get(slip))
    library.take_back(0)
    assert "没有未还图书" in words(office.get(slip))
    assert Membership.objects.get(reader=moves.pk, until_on=None).school_class.mark == "9"
    back = office.post(reverse("readers.undo_year", args=[year.pk]), follow=True)
    assert "一切恢复原样" in words(back)
    assert not Reader.objects.filter(name="新同学").exists()
    assert Reader.objects.get(pk=gone.pk).left_on is None


def test_r28_holds_of_who_leaves_end_and_come_back_with_them(library, office, pupils):
    hold = Hold.objects.create(
        school=library.school,
        holding=library.copies[0].holding,
        reader=pupils[1],
        placed_at="2026-11-20T02:00Z",
    )
    grade = library.school_class.grade(2027)
    shown = bring(office, (f"{grade}年级{library.school_class.mark}班", pupils[0].name, "00"))
    year = NewYear.objects.get()
    act = reverse("readers.begin_year", args=[year.pk])
    office.post(act, {"shown": "another"})
    assert Hold.objects.get(pk=hold.pk).state == Hold.State.WAITING
    office.post(act, {"shown": shown.context["plan"].stamp})
    assert Hold.objects.get(pk=hold.pk).state == Hold.State.CANCELLED
    office.post(reverse("readers.undo_year", args=[year.pk]))
    assert Hold.objects.get(pk=hold.pk).state == Hold.State.WAITING


def test_what_is_no_list_of_pupils_is_refused_in_words(office):
    refused = bring(office, ("校长室", "周敏", "1"))
    assert refused.status_code == 422
    assert not NewYear.objects.exists()


def test_r28_the_list_of_the_opening_knows_the_records_and_keeps_ticks(library, office):
    page = reverse("timetable.see_opening")
    assert "还没有填学期" in words(office.get(page))
    term = a_term(
        library.school,
        TermDates(starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 22), recall_on=None),
    )
    before = words(office.get(page))
    assert "还没有定催还日" in before
    tick = reverse("timetable.tick_opening", args=[term.pk])
    office.post(tick, {"look": "rules", "is_good": "yes"})
    assert "已确认" in words(office.get(page))
    office.post(tick, {"look": "rules", "is_good": "no"})
    assert "已确认" not in words(office.get(page))
    assert office.post(tick, {"look": "weather"}).status_code == 404


def test_the_pages_ask_a_fixed_number_of_questions(library, office, pupils):
    grade = library.school_class.grade(2027)
    a_term(
        library.school,
        TermDates(starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 22), recall_on=None),
    )
    counts = []
    for more in (1, 30):
        rows = [(f"{grade}年级{more}班", f"新{number}", f"9{number}") for number in range(more)]
        bring(office, *rows)
        for name, args in (
            ("timetable.see_opening", ()),
            ("readers.year_plan", (NewYear.objects.get().pk,)),
        ):
            with CaptureQueriesContext(connection) as asked:
                office.get(reverse(name, args=args))
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
