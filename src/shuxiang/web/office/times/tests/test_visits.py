"""Giving the rotation out, and seeing whether the classes come."""

from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from shuxiang.circulation.actions import enter_class
from shuxiang.circulation.models import Entrance, Visit
from shuxiang.platform.accounts.roles import Role
from shuxiang.readers.tests.factories import NOW, TODAY, a_class, a_reader, an_account
from shuxiang.timetable import actions
from shuxiang.timetable.models import ClassFeed, MissedVisit
from shuxiang.timetable.tests.factories import BEFORE, a_period, a_slot, a_term, a_turn


@pytest.fixture(autouse=True)
def _at_school():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def turn(school):
    return a_turn(a_term(school), a_slot(school, weekday=0), a_class(school), now=BEFORE)


def post(browser, name, *keys, **said):
    return browser.post(reverse(f"timetable.{name}", args=keys), said, follow=True)


def test_only_a_calendar_that_had_an_address_is_told_of_the_former(office, turn):
    first = post(office, "renew_feed", turn.school_class_id).content.decode()
    assert "日历已开通" in first
    assert "不再有效" not in first
    assert "以前的地址不再有效" in post(office, "renew_feed", turn.school_class_id).content.decode()


def test_the_sheet_says_from_which_day_it_holds(office, school, turn):
    sheet = reverse("timetable.print_timetable")
    shown = office.get(sheet).content.decode()
    assert "第1周从9月1日算起" in shown
    assert "起执行" not in shown
    assert "第 1 周（9月1日起）" in office.get(sheet, {"week": 1}).content.decode()
    a_turn(turn.term, a_slot(school, weekday=3), a_class(school, number=3))
    assert "本表自11月23日起执行" in office.get(sheet).content.decode()


def test_no_place_that_is_over_is_offered_to_catch_up(office, school):
    turn = a_turn(a_term(school), a_slot(school, weekday=1), a_class(school), now=BEFORE)
    periods = a_period(school, "第1节", time(8, 10)), a_period(school, "第6节", time(14, 15))
    slots = [a_slot(school, weekday=0, period=period) for period in periods]
    shown = office.get(reverse("timetable.catch_up", args=[turn.pk, "2026-11-24"]))
    offered = {slot for day, slot, _ in shown.context["places"] if day == TODAY}
    assert offered == {slots[1]}

    later = {"first": "2026-11-01", "last": "2026-12-31", "minutes": 120, "periods": periods[0].pk}
    post(office, "shift_periods", **later)
    shown = office.get(reverse("timetable.catch_up", args=[turn.pk, "2026-11-24"]))
    assert {slot for day, slot, _ in shown.context["places"] if day == TODAY} == set(slots)


def test_r27_a_place_that_a_rule_would_not_have_is_offered_with_a_remark(office, school, turn):
    tuesday, wednesday = (a_slot(school, weekday=weekday) for weekday in (1, 2))
    said = {"kind": "not", "weekdays": [1], "why": "周二教研"}
    actions.change_wish(term=turn.term, said=said, by=None, now=NOW)
    shown = office.get(reverse("timetable.catch_up", args=[turn.pk, TODAY.isoformat()]))
    offered = {slot: against for _, slot, against in shown.context["places"]}
    assert offered == {tuesday: ["周二教研"], wednesday: []}
    assert "不合规则：周二教研" in shown.content.decode()


def test_what_will_fall_out_is_told_apart_from_what_did(office, turn):
    week_later = (TODAY + timedelta(days=7)).isoformat()
    for on in (TODAY.isoformat(), week_later):
        post(office, "miss_visits", on=on, reason="exam")
    shown = office.get(reverse("timetable.see_visits"))
    fallen, ahead = (shown.context[name] for name in ("fallen_out", "to_fall_out"))
    assert TODAY in [visit.on for visit, _ in fallen]
    assert [visit.on.isoformat() for visit, _ in ahead] == [week_later]
    assert "今后几周来不成" in shown.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"why": "长" * 61}, "说明超过了 60 个字"), ({"on": ""}, "没有记下：请填日期和原因。")],
)
def test_what_can_not_be_written_down_is_said_as_it_is(office, turn, typed, said):
    asked = {"on": TODAY.isoformat(), "reason": "exam"} | typed
    assert said in post(office, "miss_visits", **asked).content.decode()
    assert not MissedVisit.objects.exists()


def test_r26_a_secret_address_gives_the_calendar_until_it_is_renewed(office, client, turn):
    key = turn.school_class_id
    post(office, "renew_feed", key)
    old = reverse("follow_class", args=[ClassFeed.objects.get().secret])
    answer = client.get(old)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "三年级2班到图书馆" in answer.content.decode().replace("\r\n ", "")

    post(office, "renew_feed", key)
    new = reverse("follow_class", args=[ClassFeed.objects.get().secret])
    assert [client.get(address).status_code for address in (old, new)] == [404, 200]
    post(office, "close_feed", key)
    assert client.get(new).status_code == 404


def test_a_class_has_a_sheet_with_every_day_of_the_term(teacher, turn):
    sheet = teacher.get(reverse("timetable.print_class", args=[turn.school_class_id]))

    days = [visit.on for _, visits in sheet.context["months"] for visit, _ in visits]
    assert TODAY in days
    assert {day.weekday() for day in days} == {0}


def test_r26_the_sheet_of_a_week_shows_who_really_comes(teacher, office, school, turn):
    wednesday = a_slot(school, weekday=2)
    day = TODAY.isoformat()
    post(office, "miss_visits", on=day, reason="exam")
    post(office, "catch_up", turn.pk, day, place=f"2026-11-25/{wednesday.pk}")
    sheet = teacher.get(reverse("timetable.print_timetable"), {"week": 13})

    ((_, *halves),) = [(line.period, *line.halves) for line in sheet.context["lines"]]
    assert [[tile.name for tile in half.tiles] for half in halves] == [[], [], ["三2班"], [], []]


def test_the_workbook_comes_as_a_file(teacher, turn):
    answer = teacher.get(reverse("timetable.as_book"))

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"PK")


def test_r02_times_offered_and_times_used_are_two_figures(office, school, turn):
    by = an_account(school)
    for on in ("2026-09-07", "2026-09-14"):
        Visit.objects.create(
            school=school,
            school_class=turn.school_class,
            turn=turn,
            on=on,
            opened_at=NOW,
            opened_by=by,
            closed_at=NOW,
        )
    post(office, "miss_visits", on="2026-09-21", reason="exam", why="月考")
    (line,) = office.get(reverse("timetable.see_visits")).context["lines"]

    assert (line.used, line.weeks_kept, line.months_kept) == (2, 2, 1)
    assert line.offered > line.used
    assert line.fell_out >= 1


@pytest.mark.parametrize(("minutes", "to_come"), [(0, 1), (30, 0)])
def test_a_visit_of_today_is_still_to_come_until_its_time_is_over(office, turn, minutes, to_come):
    with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
        answer = office.get(reverse("timetable.see_visits"))
    (line,) = answer.context["lines"]

    assert (line.used, line.to_come) == (0, to_come)
    assert "今天还没到时间" in answer.content.decode()


def test_who_came_today_is_not_still_to_come(office, school, turn):
    opened = {"opened_at": NOW, "opened_by": an_account(school)}
    Visit.objects.create(
        school=school, school_class=turn.school_class, turn=turn, on=TODAY, **opened
    )
    (line,) = office.get(reverse("timetable.see_visits")).context["lines"]

    assert (line.used, line.to_come) == (1, 0)


def test_a_visit_that_fell_out_is_given_a_free_slot_from_a_list(office, school, turn):
    wednesday = a_slot(school, weekday=2)
    post(office, "miss_visits", on=TODAY.isoformat(), reason="exam")
    answer = office.get(reverse("timetable.catch_up", args=[turn.pk, TODAY.isoformat()]))
    (day, slot, _), *_later = answer.context["places"]
    assert (day.isoformat(), slot) == ("2026-11-25", wednesday)

    place = f"{day.isoformat()}/{slot.pk}"
    post(office, "catch_up", turn.pk, TODAY.isoformat(), place=place)
    missed = MissedVisit.objects.get()
    assert missed.caught_up_on == day
    post(office, "strike_missed", missed.pk)
    assert not MissedVisit.objects.exists()


def test_periods_are_moved_for_the_winter_and_back(office, school, turn):
    dates = {"first": "2026-11-01", "last": "2027-02-28"}
    asked = {**dates, "minutes": -20, "periods": [turn.slot.period_id]}
    answer = post(office, "shift_periods", **asked)
    ((_, _, (row,)),) = answer.context["seasons"]
    assert f"{row.starts_at:%H:%M}" == "09:50"
    again = post(office, "shift_periods", **asked)
    assert again.status_code == 422
    assert "2026年11月1日至2027年2月28日期间" in again.content.decode()
    answer = post(office, "remove_season", **dates)
    assert answer.context["seasons"] == []


def test_many_classes_cost_no_more_queries(
    office, school, turn, django_assert_max_num_queries, django_assert_num_queries
):
    pages = [reverse("timetable.see_visits"), reverse("timetable.give_out")]
    counts = []
    for page in pages:
        with django_assert_max_num_queries(30) as few:
            office.get(page)
        counts.append(len(few))
    for number in range(3, 9):
        slot = a_slot(school, weekday=number % 4 + 1, capacity=4)
        a_turn(turn.term, slot, a_class(school, number=number))
    for page, count in zip(pages, counts, strict=True):
        with django_assert_num_queries(count):
            office.get(page)


def lines_of(answer):
    return [(line.used, line.unsaid, line.fell_out) for line in answer.context["lines"]]


def test_r27_a_visit_that_nobody_wrote_down_is_told_with_both_ways_out(office, school, turn):
    a_reader(school, school_class=turn.school_class)
    shown = office.get(reverse("timetable.see_visits"))
    ((used, unsaid, fell_out),) = lines_of(shown)
    assert (used, unsaid) == (0, len(shown.context["unsaid"]))
    visit, name = shown.context["unsaid"][0]
    assert (visit.on, name) == (TODAY - timedelta(days=7), "三年级2班")
    assert "来了，补记" in shown.content.decode()

    came = f"/office/times/visits/{turn.pk}/{visit.on}/came"
    answer = office.post(came, follow=True)
    assert lines_of(answer) == [(1, unsaid - 1, fell_out)]
    assert "已补记：三年级2班 11月16日到馆，1 人。" in answer.content.decode()
    key = answer.context["came"].pk
    teacher = Client()
    teacher.force_login(an_account(school, Role.CLASS_TEACHER, name="陈思敏"))
    assert teacher.get(reverse("timetable.see_visits"), {"came": key}).context["came"] is None
    back = reverse("circulation.take_entrance_back", args=[key])
    assert lines_of(office.post(back, {"from": "visits"}, follow=True)) == [(0, unsaid, fell_out)]

    asked = {"on": visit.on.isoformat(), "class": turn.school_class_id}
    form = office.get(reverse("timetable.see_visits"), asked).context["form"]
    assert [str(form[name].value()) for name in ("on", "whom")] == [str(v) for v in asked.values()]
    post(office, "miss_visits", on=asked["on"], whom=asked["class"], reason="exam")
    assert lines_of(office.get(reverse("timetable.see_visits"))) == [(0, unsaid - 1, fell_out + 1)]


@pytest.mark.parametrize(
    "on", ["2026-11-30", "2026-11-17", "no-day"], ids=["to come", "not its day", "no day"]
)
def test_nobody_has_come_when_the_class_was_not_due(office, school, turn, on):
    a_reader(school, school_class=turn.school_class)
    assert office.post(f"/office/times/visits/{turn.pk}/{on}/came").status_code == 404
    assert not Entrance.objects.exists()


def test_r27_a_class_that_comes_to_read_has_come_when_it_is_written_down_at_the_door(
    office, school, turn
):
    a_reader(school, school_class=turn.school_class)
    ((_, unsaid, _),) = lines_of(office.get(reverse("timetable.see_visits")))
    enter_class(school_class=turn.school_class, by=an_account(school), now=NOW)
    (line,) = office.get(reverse("timetable.see_visits")).context["lines"]
    assert (line.used, line.to_come, line.unsaid) == (1, 0, unsaid)
