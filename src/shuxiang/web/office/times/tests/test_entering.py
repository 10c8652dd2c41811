"""Terms, days, periods, hours and slots, as a librarian enters them."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse
from django_scopes import scope

from shuxiang.readers.tests.factories import NOW, a_school
from shuxiang.timetable.models import DayException, OpeningHours, Period, Slot, Term
from shuxiang.timetable.tests.factories import a_period, a_slot, a_term, opening_hours

TERM = {
    "first_year": 2026,
    "number": 1,
    "starts_on": "2026-09-01",
    "ends_on": "2027-01-22",
    "recall_on": "",
}


@pytest.fixture(autouse=True)
def _at_school():
    with time_machine.travel(NOW, tick=False):
        yield


def page(office, name, *args, **query):
    return office.get(reverse(name, args=args), query).content.decode()


def test_a_term_is_entered_and_shown(office, school):
    answer = office.post(reverse("timetable.add_term"), TERM, follow=True)

    assert Term.objects.get().ends_on == date(2027, 1, 22)
    assert "2027" in answer.content.decode()


def test_what_was_typed_of_a_term_stays_when_it_can_not_be(office):
    answer = office.post(reverse("timetable.add_term"), {**TERM, "recall_on": "2027-02-01"})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"recall_on"}
    assert 'value="2027-02-01"' in answer.content.decode()
    assert not Term.objects.exists()


@pytest.mark.parametrize(
    ("last", "recall", "said"),
    [
        ("2027-01-15", "2027-01-21", []),
        ("2027-01-16", "2027-01-21", ["最后借书日1月16日闭馆"]),
        ("2027-01-15", "2027-01-17", ["催还日1月17日闭馆：书在前一个开放日到期"]),
    ],
)
def test_a_last_day_that_is_closed_is_told(office, school, last, recall, said):
    typed = TERM | {"last_lending_on": last, "recall_on": recall}
    shown = office.post(reverse("timetable.add_term"), typed, follow=True).content.decode()
    assert [words for words in said if words not in shown] == []
    assert ("闭馆" in " ".join(said)) == ("日闭馆" in shown)


@pytest.mark.parametrize(
    ("starts_on", "status"),
    [("2026-07-31", 422), ("2026-08-25", 302), ("2027-02-24", 302), ("2027-09-01", 422)],
)
def test_a_term_begins_in_its_school_year(office, starts_on, status):
    typed = TERM | {"starts_on": starts_on, "ends_on": f"{starts_on[:4]}-12-20"}
    answer = office.post(reverse("timetable.add_term"), typed)
    assert answer.status_code == status
    if status == 422:
        assert "2026–2027 学年的学期不会从这一天开始" in answer.content.decode()


def test_days_of_which_the_school_has_spoken_stay_as_they_are(office):
    days = reverse("timetable.set_day")
    office.post(days, {"on": "2026-11-27", "state": "closed", "why": "校运动会"})
    wide = {"on": "2026-11-26", "until": "2026-11-28", "state": "open", "why": "开放周"}
    said = office.post(days, wide, follow=True).content.decode()
    assert "学校原来另有安排的没有改：11月27日 校运动会" in said
    assert list(DayException.objects.order_by("on").values_list("is_open", "why")) == [
        (True, "开放周"),
        (False, "校运动会"),
        (True, "开放周"),
    ]
    again = office.post(days, wide)
    assert (again.status_code, "这几天学校都另有安排" in again.content.decode()) == (422, True)
    office.post(days, {"on": "2026-11-27", "state": "open", "why": "改期"})
    assert DayException.objects.get(on=date(2026, 11, 27)).why == "改期"


def test_the_next_term_is_proposed(office, school):
    a_term(school)

    form = office.get(reverse("timetable.add_term")).context["form"]
    assert (form.initial["first_year"], form.initial["number"]) == (2026, 2)


def test_another_schools_term_is_not_found(office, school):
    other = a_school("别处小学")
    with scope(school=other):
        term = a_term(other)

    assert office.get(reverse("timetable.change_term", args=[term.pk])).status_code == 404
    assert office.post(reverse("timetable.remove_term", args=[term.pk])).status_code == 404


def test_the_month_shows_holidays_make_up_days_and_the_schools_word(office, school):
    october = office.get(reverse("timetable.set_day"), {"month": "2026-10"})
    cells = {cell.day: cell for cell in october.context["cells"] if cell.day}

    assert "shut" in cells[date(2026, 10, 1)].css
    assert cells[date(2026, 10, 10)].note
    assert "shut" not in cells[date(2026, 10, 10)].css
    assert october.context["open_days"] == 18
    assert october.context["provisional"] is None


def test_a_month_of_a_year_without_notice_says_so(office):
    answer = office.get(reverse("timetable.set_day"), {"month": "2027-02"})

    assert answer.context["provisional"] == 2027


@pytest.mark.parametrize("month", ["", "2026-13", "x", "0001-01", "9999-12", "1900-02"])
def test_no_month_in_the_address_breaks_the_page(office, month):
    assert office.get(reverse("timetable.set_day"), {"month": month}).status_code == 200


def test_a_sports_day_is_entered_shown_as_one_and_taken_back(office):
    asked = {"on": "2026-11-26", "until": "2026-11-27", "state": "closed", "why": "运动会"}
    office.post(reverse("timetable.set_day"), asked)
    words = office.get(reverse("timetable.set_day")).context["words"]
    assert [(word.on.day, word.until.day, word.why) for word in words] == [(26, 27, "运动会")]

    office.post(reverse("timetable.unset_day"), {"on": "2026-11-26", "until": "2026-11-27"})
    assert not DayException.objects.exists()


def test_the_usual_periods_come_with_one_press(office):
    office.post(reverse("timetable.add_typical_periods"))

    assert Period.objects.count() == 8


def test_periods_that_run_into_each_other_are_told(office, school):
    a_period(school, "第7节", time(15, 15))
    later = a_period(school, "第8节", time(16, 10))
    assert "时间有重叠" not in page(office, "timetable.see_periods")
    winter = {"periods": [later.pk], "minutes": -20, "first": "2026-12-01", "last": "2027-02-28"}
    said = office.post(reverse("timetable.shift_periods"), winter, follow=True).content.decode()
    assert "时间有重叠" in said
    assert "从2026年12月1日起，“第7节”还没结束，“第8节”就开始了" in said


def test_a_long_period_is_told_with_each_that_it_meets(office, school):
    late = a_period(school, "课后服务", time(17, 0))
    for name, starts_at in (("第7节", time(15, 15)), ("第8节", time(16, 10))):
        a_period(school, name, starts_at)
    longer = {"name": "课后服务", "starts_at": "15:00", "ends_at": "17:30"}
    change = reverse("timetable.change_period", args=[late.pk])
    said = office.post(change, longer, follow=True).content.decode()
    for name in ("第7节", "第8节"):
        assert f"“课后服务”还没结束，“{name}”就开始了" in said


def test_what_meets_once_a_season_is_over_is_told(office, school):
    later = a_period(school, "第8节", time(15, 19))
    a_period(school, "第7节", time(15, 0))
    autumn = {"periods": [later.pk], "minutes": 30, "first": "2026-09-01", "last": "2026-12-31"}
    said = office.post(reverse("timetable.shift_periods"), autumn, follow=True).content.decode()
    assert "从2027年1月1日起，“第7节”还没结束，“第8节”就开始了" in said


def test_no_minutes_are_refused_once(office, school):
    periods = [a_period(school, f"第{n}节", time(8 + n)) for n in range(5)]
    asked = {"periods": [period.pk for period in periods], "minutes": 0}
    typed = asked | {"first": "2026-12-01", "last": "2027-02-28"}
    answer = office.post(reverse("timetable.shift_periods"), typed)
    assert answer.context["form"].errors == {"minutes": ["0 分钟等于没有调整。"]}


def test_a_period_in_use_stays_and_the_page_says_why(office, school):
    slot = a_slot(school)
    answer = office.post(reverse("timetable.remove_period", args=[slot.period_id]), follow=True)

    assert Period.objects.exists()
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_hours_of_several_weekdays_are_one_line_and_changed_together(office, school):
    row = opening_hours(school, opens_at=time(12), closes_at=time(13))[0]
    lines = office.get(reverse("timetable.see_opening_hours")).context["groups"]
    assert [line["weekdays"] for line in lines] == [[0, 1, 2, 3, 4]]

    asked = {"weekdays": [0, 2], "opens_at": "12:00", "closes_at": "14:00", "audience": "all"}
    office.post(reverse("timetable.change_opening_hours", args=[row.pk]), asked)
    assert list(OpeningHours.objects.values_list("weekday", "closes_at")) == [
        (0, time(14)),
        (2, time(14)),
    ]


def test_r25_hours_that_follow_the_periods_are_entered_shown_changed_and_keep_their_period(
    office, school
):
    office.post(reverse("timetable.add_typical_periods"))
    noon, seventh = Period.objects.get(name="午间"), Period.objects.get(name="第7节")
    asked = {"weekdays": [0, 1, 2, 3], "audience": "all", "opens": f"begins-{noon.pk}"}
    office.post(reverse("timetable.add_opening_hours"), asked)
    asked = {"weekdays": [4], "audience": "pupils", "opens": f"ends-{seventh.pk}"}
    answer = office.post(reverse("timetable.add_opening_hours"), asked)
    assert answer.context["form"].errors.keys() == {"closes_at"}
    asked |= {"closes_at": "16:00"}
    answer = office.post(reverse("timetable.add_opening_hours"), asked)
    assert answer.context["form"].errors.keys() == {"closes_at"}, "before it opens"
    office.post(reverse("timetable.add_opening_hours"), asked | {"closes_at": "17:00"})

    lines = office.get(reverse("timetable.see_opening_hours")).context["groups"]
    clocks = [f"{line['clocks'].opens_at:%H:%M}–{line['clocks'].closes_at:%H:%M}" for line in lines]
    assert [line["following"] for line in lines] == ["午间", "第7节结束至17:00"]
    assert clocks == ["12:10–13:00", "16:10–17:00"]

    row = OpeningHours.objects.get(weekday=1)
    initial = office.get(reverse("timetable.change_opening_hours", args=[row.pk])).context["form"]
    assert initial["opens"].value() == f"begins-{noon.pk}"
    asked = {"weekdays": [0, 1], "audience": "all", "opens_at": "12:00", "closes": "ends-day"}
    office.post(reverse("timetable.change_opening_hours", args=[row.pk]), asked)
    lines = office.get(reverse("timetable.see_opening_hours")).context["groups"]
    assert [(line["weekdays"], line["following"]) for line in lines] == [
        ([0, 1], "12:00至放学"),
        ([4], "第7节结束至17:00"),
    ]
    office.post(reverse("timetable.remove_period", args=[noon.pk]))
    answer = office.post(reverse("timetable.remove_period", args=[seventh.pk]), follow=True)
    assert "周五的开放时间跟着这一节走" in answer.content.decode()
    assert [*Period.objects.filter(pk__in=[noon.pk, seventh.pk])] == [seventh]


def test_a_period_and_a_clock_at_once_are_refused(office, school):
    noon = a_period(school, "午间", time(12, 10))
    add = reverse("timetable.add_opening_hours")
    both = {
        "weekdays": [0, 0],
        "audience": "all",
        "opens": f"begins-{noon.pk}",
        "opens_at": "12:00",
    }
    answer = office.post(add, both)
    assert answer.context["form"].errors == {"opens_at": ["钟点和节次只能填一样。"]}
    office.post(add, both | {"opens_at": ""})
    assert OpeningHours.objects.count() == 1


def test_a_grade_of_hours_for_the_whole_school_is_refused(office, school):
    asked = {"weekdays": [0], "opens_at": "12:00", "closes_at": "13:00", "grade": "3"}
    answer = office.post(reverse("timetable.add_opening_hours"), asked | {"audience": "all"})

    assert "选了年级" in answer.context["form"].errors["grade"][0]
    assert not OpeningHours.objects.exists()
    office.post(reverse("timetable.add_opening_hours"), asked | {"audience": "grade"})
    assert OpeningHours.objects.get().grade == 3


def test_a_day_after_the_last_term_is_not_called_a_school_day(office, school):
    month = {"month": "2027-01"}
    page = reverse("timetable.set_day")
    told = {cell.day: cell for cell in office.get(page, month).context["cells"]}
    assert told[date(2027, 1, 25)].title == "上课日", "no term is entered at all"

    a_term(school)
    told = {cell.day: cell for cell in office.get(page, month).context["cells"]}
    last, after, sunday = (told[date(2027, 1, day)] for day in (22, 25, 31))
    assert (last.title, last.note) == ("上课日", "")
    assert (after.title, after.note) == ("不在已录入的学期内", "学期外")
    assert sunday.note == ""


def test_hours_are_removed_after_a_question(office, school):
    opening_hours(school, opens_at=time(8), closes_at=time(16, 30))
    page = office.get(reverse("timetable.see_opening_hours")).content.decode()

    assert 'data-confirm="删除这段开放时间？"' in page
    assert "周一至周五不再按这段时间开放" in page


def test_the_page_of_hours_says_how_many_they_are_a_week(office, school):
    opening_hours(school, opens_at=time(8), closes_at=time(16, 30))
    context = office.get(reverse("timetable.see_opening_hours")).context

    assert (context["hours_a_week"], context["is_short"]) == ("42.5", False)


def test_several_slots_are_offered_at_once(office, school):
    periods = [a_period(school, "第2节", time(9, 15)), a_period(school, "第3节", time(10, 10))]
    asked = {
        "weekdays": [1, 2, 3],
        "periods": [period.pk for period in periods],
        "purpose": "lending",
        "capacity": 2,
    }
    office.post(reverse("timetable.add_slots"), asked)

    assert Slot.objects.filter(capacity=2).count() == 6


def test_slots_that_are_there_are_told_and_stay(office, school):
    period = a_period(school)
    asked = {"weekdays": [0, 1], "periods": [period.pk], "purpose": "lending"}
    page = reverse("timetable.add_slots")
    assert (
        "新增了 2 个时段"
        in office.post(page, asked | {"capacity": 1}, follow=True).content.decode()
    )
    more = asked | {"weekdays": [1, 2], "capacity": 2}
    said = office.post(page, more, follow=True).content.decode()
    assert "新增了 1 个时段" in said
    assert "有 1 个时段原来就有，没有改动" in said
    assert sorted(Slot.objects.values_list("capacity", flat=True)) == [1, 1, 2]


def test_slots_without_a_weekday_are_refused_in_words(office, school):
    period = a_period(school)
    asked = {"periods": [period.pk], "purpose": "lending", "capacity": 1}
    answer = office.post(reverse("timetable.add_slots"), asked)

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


PAGES = [
    "timetable.see_terms",
    "timetable.add_term",
    "timetable.set_day",
    "timetable.see_periods",
    "timetable.see_opening_hours",
    "timetable.add_slots",
    "circulation.terms_rows",
    "circulation.set_mode",
]


@pytest.mark.parametrize("name", PAGES)
def test_a_class_teacher_changes_nothing_of_the_times(teacher, name):
    assert teacher.get(reverse(name)).status_code == 403
    assert teacher.post(reverse(name)).status_code == 403
