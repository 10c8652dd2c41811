"""A term opens in the browser: the list of what must be ready, and the new school year."""

from __future__ import annotations

import io
from datetime import date

import pytest
import time_machine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuxiang.circulation.models import Hold
from shuxiang.circulation.tests.factories import NOW
from shuxiang.interop.excel.fields import Kind
from shuxiang.interop.excel.keeping import folder_of
from shuxiang.interop.excel.preview import learned
from shuxiang.readers import actions as readers
from shuxiang.readers.models import Membership, NewYear, Reader
from shuxiang.timetable.rules import TermDates
from shuxiang.timetable.tests.factories import a_term

HEADINGS = ("班级", "姓名", "学号")
UNKNOWN = ("所在教室", "学生全称", "学籍编码")
COLUMNS = "/office/years/columns/"
SAID = {"take-0": "on", "column-0-0": "class", "column-0-1": "name", "column-0-2": "number"}


def workbook(*rows, headings=HEADINGS):
    page = io.BytesIO()
    with xlsxwriter.Workbook(page, {"in_memory": True}) as book:
        sheet = book.add_worksheet("全校名单")
        for number, row in enumerate((headings, *rows)):
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


def class_in_2027(library):
    return f"{library.school_class.grade(2027)}年级{library.school_class.mark}班"


def bring(office, *rows, first_year=2027, headings=HEADINGS, **more):
    asked = {"first_year": first_year, "file": workbook(*rows, headings=headings), **more}
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
    assert "要离校的学生里有 1 人还有书没还" in words(shown)
    assert "1 册没还" in words(shown)
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
    assert [(one.name, books, name) for one, books, name in done.context["owing"]] == [
        (gone.name, 1, "2024级2班")
    ]
    slip = reverse("circulation.clearance_slip", args=[gone.pk])
    assert "还不能出清还单" in words(office.get(slip))
    library.take_back(0)
    assert "没有未还图书" in words(office.get(slip))
    assert Membership.objects.get(reader=moves.pk, until_on=None).school_class.mark == "9"
    back = office.post(reverse("readers.undo_year", args=[year.pk]), follow=True)
    assert "一切恢复原样" in words(back)
    assert not Reader.objects.filter(name="新同学").exists()
    assert Reader.objects.get(pk=gone.pk).left_on is None


def test_r28_who_borrowed_since_is_named_before_and_stays_when_the_year_is_taken_back(
    library, office, pupils
):
    rows = [(class_in_2027(library), one.name, f"0{n}") for n, one in enumerate(pupils) if n]
    shown = bring(office, *rows, ("一年级1班", "新同学", "77"), ("一年级1班", "没借过", "78"))
    year = NewYear.objects.get()
    stamp = {"shown": shown.context["plan"].stamp}
    office.post(reverse("readers.begin_year", args=[year.pk]), stamp)
    address, undo = (
        reverse(name, args=[year.pk]) for name in ("readers.year_plan", "readers.undo_year")
    )
    assert "新学年开始后又办过事" not in words(office.get(address))
    new = Reader.objects.get(name="新同学")
    library.pupils.append(new)
    library.lend(copy=0, pupil=3)
    assert Reader.objects.get(pk=pupils[0].pk).left_on
    refused = office.post(undo, {"apart_from": "x 9"}, follow=True)
    assert "没有撤回" in words(refused)
    assert "新同学" in words(refused)
    back = office.post(undo, {"apart_from": refused.context["apart_from"]}, follow=True)
    assert "1 名学生后来又办过事" in words(back)
    assert list(Reader.objects.filter(number__in=["77", "78"])) == [new]
    assert str(Membership.objects.get(reader=new).school_class.cohort) == str(year.first_year)
    assert Reader.objects.get(pk=pupils[0].pk).left_on is None


def test_a_year_that_is_far_away_warns_and_the_dialog_names_the_day(library, office, pupils):
    rows = [("三年级2班", pupil.name, pupil.number) for pupil in pupils]
    shown = words(bring(office, *rows, first_year=2027))
    assert "离这个新学年还早" in shown
    with time_machine.travel(NOW.replace(year=2027, month=8), tick=False):
        office.force_login(library.librarian)
        assert "离这个新学年还早" not in words(bring(office, *rows, first_year=2027))
        assert (
            "从今天（2027年8月23日）起生效"
            in bring(office, *rows, first_year=2027).content.decode()
        )


def test_r28_a_list_of_another_year_is_told_from_one_pupil_who_repeats(library, office, pupils):
    of_now = [("三年级2班", pupil.name, f"0{n}") for n, pupil in enumerate(pupils)]
    assert "多数学生要留级或跳级" in words(bring(office, *of_now))
    ups = [(class_in_2027(library), name, number) for _, name, number in of_now]
    assert "留级或跳级" not in words(bring(office, of_now[0], *ups[1:]))


def test_r28_holds_of_who_leaves_end_and_come_back_with_them(library, office, pupils):
    hold = Hold.objects.create(
        school=library.school,
        holding=library.copies[0].holding,
        reader=pupils[1],
        placed_at="2026-11-20T02:00Z",
    )
    shown = bring(office, (class_in_2027(library), pupils[0].name, "00"))
    year = NewYear.objects.get()
    act = reverse("readers.begin_year", args=[year.pk])
    office.post(act, {"shown": "another"})
    assert Hold.objects.get(pk=hold.pk).state == Hold.State.WAITING
    office.post(act, {"shown": shown.context["plan"].stamp})
    assert Hold.objects.get(pk=hold.pk).state == Hold.State.CANCELLED
    office.post(reverse("readers.undo_year", args=[year.pk]))
    assert Hold.objects.get(pk=hold.pk).state == Hold.State.WAITING


def test_who_came_back_since_does_not_wait_twice(library, office, pupils):
    gone = pupils[1]
    library.lend(copy=0, pupil=0)
    library.place_hold(copy=0, pupil=1)
    shown = bring(office, (class_in_2027(library), pupils[0].name, "00"))
    year = NewYear.objects.get()
    stamp = {"shown": shown.context["plan"].stamp}
    office.post(reverse("readers.begin_year", args=[year.pk]), stamp)
    gone.refresh_from_db()
    day = gone.left_on
    asked = {"on": day, "by": library.librarian, "now": NOW}
    readers.come_back(reader=gone, school_class=library.school_class, **asked)
    library.place_hold(copy=0, pupil=1)
    office.post(reverse("readers.undo_year", args=[year.pk]), {"apart_from": str(gone.pk)})
    year.refresh_from_db()
    assert year.undone_at
    assert [hold.state for hold in Hold.objects.order_by("pk")] == ["cancelled", "waiting"]


def test_what_is_no_list_of_pupils_is_refused_in_words(office):
    refused = bring(office, ("语文老师", "周敏", "1"))
    assert refused.status_code == 422
    assert not NewYear.objects.exists()


def kept_files(school):
    return [one for one in folder_of(f"imports/{school.pk}").glob("*/*") if one.is_file()]


def test_r28_columns_that_nobody_knows_are_named_by_hand_and_known_the_next_time(library, office):
    rows = [("三年级2班", "林书言", "01"), ("三年级2班", "陈雨", "02")]
    asked = bring(office, *rows, headings=UNKNOWN)
    assert asked.redirect_chain[-1][0] == COLUMNS
    assert "没有找到表头" in words(asked)
    assert "陈雨" in words(asked)
    assert not NewYear.objects.exists()

    shown = office.post(COLUMNS, SAID, follow=True)
    year = NewYear.objects.get()
    assert [(row[1], row[3]) for row in year.listed] == [("林书言", "01"), ("陈雨", "02")]
    assert (year.first_year, year.file, year.unread) == (2027, "新学年.xlsx", [])
    assert "林书言" in words(shown)
    assert kept_files(library.school) == []
    assert office.get(COLUMNS).url == reverse("readers.see_new_year")

    again = bring(office, *rows[:1], headings=UNKNOWN)
    assert [one.name for one in again.context["page"]] == ["林书言"]


def test_a_list_in_which_no_class_can_be_read_asks_which_column_holds_it(office):
    asked = bring(office, ("三年级2班", "林书言", "石桥小学"), headings=("教室", "姓名", "单位"))
    assert "没有读出班级" in words(asked)
    without = office.post(COLUMNS, SAID | {"column-0-0": "", "column-0-2": "class"})
    assert without.status_code == 422
    assert "请指明哪一列是新学年的班级" in words(without)
    office.post(COLUMNS, SAID | {"column-0-2": ""})
    assert [row[1] for row in NewYear.objects.get().listed] == ["林书言"]


def test_what_is_known_can_be_said_otherwise(office):
    rows = ("三年级2班", "林书言", "01", "R7")
    asked = bring(office, rows, headings=(*HEADINGS, "门禁"), by_hand="on")
    assert asked.redirect_chain[-1][0] == COLUMNS
    office.post(COLUMNS, SAID | {"column-0-2": "", "column-0-3": "card"})
    assert NewYear.objects.get().listed[0][3:5] == ["", "R7"]


def test_a_pupil_in_the_first_row_is_no_heading(library, office):
    rows = [("三2班", "陈雨", "02"), ("三2班", "何苗", "03")]
    bring(office, *rows, headings=("三2班", "林书言", "01"))
    office.post(COLUMNS, SAID)
    assert [row[1] for row in NewYear.objects.get().listed] == ["林书言", "陈雨", "何苗"]
    assert learned(library.school, Kind.READERS) == {}


def test_a_file_that_is_refused_or_left_is_not_kept(library, office):
    bring(office, ("三年级2班", "林书言", "01"), headings=UNKNOWN)
    assert kept_files(library.school)
    bring(office, ("语文老师", "周敏", "1"))
    assert kept_files(library.school) == []


def test_r28_the_list_of_the_opening_knows_the_records_and_keeps_ticks(library, office):
    page = reverse("timetable.see_opening")
    assert "要开学的这个学期还没有填" in words(office.get(page))
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


def test_a_term_that_is_over_is_not_what_opens_next(library, office):
    a_term(library.school)
    assert "2026–2027学年第一学期" in words(office.get(reverse("timetable.see_opening")))
    with time_machine.travel(NOW.replace(year=2027, month=8), tick=False):
        office.force_login(library.librarian)
        shown = office.get(reverse("timetable.see_opening"))
    assert shown.context["term"] is None
    assert "要开学的这个学期还没有填" in words(shown)


def test_r28_a_row_without_name_or_class_is_told_and_its_pupil_stays(library, office, pupils):
    named, _unnamed, classless = pupils
    shown = bring(
        office,
        (class_in_2027(library), named.name, "00"),
        (class_in_2027(library), "", "01"),
        ("", classless.name, "02"),
    )
    assert [(row, why) for row, _name, why, _code in NewYear.objects.get().unread] == [
        (3, "这一行没有姓名。"),
        (4, "这一行没有班级。"),
    ]
    assert "2 行" in words(shown)
    assert [line.step for line in shown.context["plan"].lines] == ["up"]
