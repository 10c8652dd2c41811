"""Rules of the rotation as a librarian enters them, and what the solver makes of them on the page."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from shuxiang.platform.jobs.models import Job
from shuxiang.readers.tests.factories import NOW, a_class, an_account
from shuxiang.timetable import actions, queries
from shuxiang.timetable.models import Proposal, Wish
from shuxiang.timetable.rules import Reason, TermDates
from shuxiang.timetable.tests.factories import a_slot, a_term, a_turn

State = Proposal.State
SAID = {"kind": "comes", "purpose": "lending"}
SPRING = TermDates(starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 9))


@pytest.fixture(autouse=True)
def _at_school():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def term(school):
    return a_term(school)


def add(browser, kind, **said):
    return browser.post(f"{reverse('timetable.add_wish')}?kind={kind}", said, follow=True)


def listed(answer):
    return [one.words for one in answer.context["wishes"]]


def a_proposal(term, puts=(), state=State.READY, **answer):
    actions.change_wish(term=term, said={"kind": "comes", "purpose": "lending"}, by=None, now=NOW)
    proposal = actions.ask_for_rotation(term=term, by=None, now=NOW)
    proposal.puts, proposal.state, proposal.answer = list(puts), state, answer
    proposal.save()
    return proposal


def see(browser, proposal):
    return browser.get(reverse("timetable.see_proposal", args=[proposal.pk]))


def act(browser, name, proposal):
    return browser.post(reverse(f"timetable.{name}", args=[proposal.pk]), follow=True)


def test_r27_rules_are_entered_as_sentences(office, school, term):
    must, wish = {"weight": "must"}, {"weight": "wish"}
    often = {"purpose": "reading", "times": 1, "every": 1}
    add(office, "comes", whom=1, last_grade=2, weekdays=[0, 2], part="afternoon", **often, **must)
    add(office, "only", whom=3, weekdays=[0], **must)
    answer = add(office, "not", weekdays=[4], why="教师借书", **wish)

    assert listed(answer) == [
        "一年级、二年级阅览课，每周 1 次，周一、周三下午",
        "三年级只在周一来",
        "全部班级周五不来",
    ]


def test_a_rule_without_a_time_is_refused_beside_its_field(office, school, term):
    answer = add(office, "not", weight="must")

    assert answer.status_code == 422
    assert answer.context["form"].errors["weekdays"]
    assert not Wish.objects.exists()


def test_the_same_rule_twice_is_refused(office, school, term):
    actions.change_wish(term=term, said=SAID, by=None, now=NOW)
    with pytest.raises(actions.TimetableRefused) as refused:
        actions.change_wish(term=term, said=SAID, by=None, now=NOW)
    assert [one.reason for one in refused.value.objections] == [Reason.WISH_IS_THERE]
    actions.change_wish(term=term, said=SAID | {"every": 2}, by=None, now=NOW)


def test_a_rule_is_changed_and_removed(office, school, term):
    add(office, "only", whom=3, weekdays=[0], weight="must")
    wish = Wish.objects.get()
    shown = office.get(reverse("timetable.change_wish", args=[wish.pk]))
    assert shown.context["form"].initial["whom"] == 3
    school_class = a_class(school)
    changed = {"whom": f"class-{school_class.pk}", "weekdays": [1], "weight": "wish"}
    office.post(reverse("timetable.change_wish", args=[wish.pk]), changed)
    wish.refresh_from_db()
    assert (wish.school_class, wish.first_grade, wish.weight) == (school_class, None, "wish")
    office.post(reverse("timetable.remove_wish", args=[wish.pk]))
    assert not Wish.objects.exists()


def test_the_lessons_of_a_class_are_ticked(office, school, term):
    school_class, slot = a_class(school), a_slot(school)
    ticked = {"school_class": school_class.pk, "lessons": [f"2-{slot.period_id}"]}
    answer = office.post(reverse("timetable.set_lessons"), ticked, follow=True)

    assert [cell for _, cells in answer.context["lines"] for cell in cells if cell[1]] == [
        (2, True)
    ]


def test_a_proposal_is_looked_at_beside_what_stands_and_accepted_and_taken_back(
    office, school, term
):
    slots = [a_slot(school, weekday=day) for day in range(2)]
    one, other = a_class(school, number=1), a_class(school, number=2)
    a_turn(term, slots[0], one)
    proposal = a_proposal(
        term, [[slots[0].pk, one.pk, "every"], [slots[1].pk, other.pk, "a"]], outcome="best"
    )
    answer = see(office, proposal)
    tiles = [t for line in answer.context["rotation"].lines() for h in line.halves for t in h.tiles]
    assert [(tile.name, tile.is_new) for tile in tiles] == [("三1班", False), ("三2班", True)]
    (change,) = answer.context["changes"]
    assert (change.before, change.after) == ((), ("周二第3节 A",))

    assert "采用以后从11月24日起执行" in answer.content.decode()
    said = act(office, "accept_proposal", proposal).content.decode()
    assert "从11月24日起按它执行" in said
    assert len(queries.see_timetable(term)) == 2
    said = act(office, "take_back_proposal", proposal).content.decode()
    assert "从11月24日起恢复原来的安排" in said
    assert [turn.school_class for turn in queries.see_timetable(term)] == [one]


def test_a_proposal_for_a_term_to_come_holds_from_its_first_day(office, school):
    slot, one = a_slot(school), a_class(school)
    proposal = a_proposal(a_term(school, SPRING, 2), [[slot.pk, one.pk, "every"]], outcome="best")
    assert "采用以后从2月22日起执行" in see(office, proposal).content.decode()


def test_rules_that_clash_are_shown_with_what_each_costs(office, school, term):
    a_slot(school)
    proposal = a_proposal(term, state=State.IMPOSSIBLE)
    add(office, "not", weekdays=[1], weight="must")
    keys = [str(wish.pk) for wish in queries.wishes_of(term)]
    costs = dict(zip(keys, (3, 1), strict=True))
    proposal.answer = {"clash": keys, "costs": costs, "cheapest": keys[1], "is_least": True}
    proposal.save()
    answer = see(office, proposal)

    assert [one.cost for one in answer.context["clashing"]] == [3, 1]
    assert answer.context["cheapest"].words == "全部班级周二不来"


def test_one_rule_that_can_not_be_kept_leads_to_the_slots(office, school, term):
    a_slot(school)
    proposal = a_proposal(term, state=State.IMPOSSIBLE)
    (key,) = [str(wish.pk) for wish in queries.wishes_of(term)]
    proposal.answer = {"clash": [key], "costs": {key: 8}, "cheapest": key, "is_least": True}
    proposal.save()
    shown = see(office, proposal).content.decode()
    assert "单是这一条规则就做不到" in shown
    assert "还有 8 次到馆排不下" in shown
    assert "牵动最少" not in shown
    assert "现有安排没有变动" in shown
    assert f'href="{reverse("timetable.add_slots")}">去看到馆时段' in shown


def test_one_rule_that_no_slot_would_help_does_not_ask_for_slots(office, school, term):
    turn = a_turn(term, a_slot(school), a_class(school))
    actions.pin_turn(turn=turn, by=an_account(school, name="顾明"), now=NOW)
    proposal = a_proposal(term, state=State.IMPOSSIBLE)
    proposal.answer = {"clash": [f"turn-{turn.pk}"], "costs": {}, "cheapest": "", "is_least": True}
    proposal.save()
    shown = see(office, proposal).content.decode()
    assert "单是这一条规则就做不到" in shown
    assert "到馆时段不够" not in shown


@pytest.mark.parametrize(
    ("stopped", "gap", "said"),
    [(True, 1, "提前停了"), (False, 0.8, "找了一分钟"), (True, 0.125, "最多还能好 12.5%")],
)
def test_what_is_left_to_gain_is_said_only_where_it_tells_something(
    office, school, term, stopped, gap, said
):
    a_slot(school)
    proposal = a_proposal(term, outcome="good", gap=gap)
    Proposal.objects.update(stop_asked_at=NOW if stopped else None)
    shown = see(office, proposal).content.decode()
    assert said in shown
    assert ("最多还能好" in shown) is (gap < 0.5)


def test_while_it_is_solved_the_page_tells_how_far_it_is_and_can_stop_it(office, school, term):
    a_slot(school)
    proposal = a_proposal(term, state=State.SOLVING)
    proposal.job.report = {"turns": 3, "gap": 0.125, "seconds": 2.0}
    proposal.job.save()
    progress = reverse("timetable.progress", args=[proposal.pk])
    assert "12.5%" in office.get(progress).content.decode()
    proposal.job.report["gap"] = 1
    proposal.job.save()
    assert "最多还能好" not in office.get(progress).content.decode()
    act(office, "stop_solving", proposal)
    proposal.refresh_from_db()
    assert proposal.stop_asked_at
    Proposal.objects.filter(pk=proposal.pk).update(state=State.READY)
    assert office.get(progress).headers["HX-Redirect"]


def test_what_was_accepted_is_found_again_also_after_another_was_set_aside(office, school, term):
    slot = a_slot(school)
    proposal = a_proposal(term, [[slot.pk, a_class(school).pk, "every"]], is_best=True)
    page, rules = reverse("timetable.see_proposal", args=[proposal.pk]), "timetable.see_wishes"
    act(office, "accept_proposal", proposal)
    assert f'href="{page}"' in office.get(reverse(rules)).content.decode()
    office.post(reverse("timetable.ask_for_rotation"), {"term": term.pk})
    another = Proposal.objects.latest("pk")
    Proposal.objects.filter(pk=another.pk).update(state=State.READY)
    assert f'href="{page}"' not in office.get(reverse(rules)).content.decode()
    act(office, "set_proposal_aside", another)
    assert f'href="{page}"' in office.get(reverse(rules)).content.decode()
    act(office, "take_back_proposal", proposal)
    assert f'href="{page}"' not in office.get(reverse(rules)).content.decode()


def test_a_solver_that_fell_over_says_so_and_is_asked_again(office, school, term):
    a_slot(school)
    proposal = a_proposal(term, state=State.SOLVING)
    Job.objects.update(state="failed", error="断电了")
    assert "断电了" in see(office, proposal).content.decode()

    office.post(reverse("timetable.ask_for_rotation"), {"term": term.pk})
    assert [one.state for one in Proposal.objects.order_by("pk")] == [State.FAILED, State.SOLVING]


def test_without_rules_nothing_is_solved_and_the_page_says_why(office, school, term):
    asked = office.post(reverse("timetable.ask_for_rotation"), {"term": term.pk}, follow=True)

    assert "多久来一次" in str(next(iter(asked.context["messages"])))
    assert not Proposal.objects.exists()


def test_rules_of_the_last_term_come_over_without_the_lessons(office, school, term):
    add(office, "not", weekdays=[4], weight="must")
    add(office, "only", whom=f"class-{a_class(school).pk}", weekdays=[1], weight="must")
    spring = a_term(school, number=2, dates=SPRING)
    asked = {"term": spring.pk, "source": term.pk}
    for _pressed_twice in range(2):
        office.post(reverse("timetable.copy_wishes"), asked)

    assert [wish.kind for wish in queries.wishes_of(spring)] == ["not"]


def test_r26_a_class_moved_into_a_lesson_of_its_own_is_a_conflict_at_once(office, school, term):
    monday, thursday = a_slot(school, weekday=0), a_slot(school, weekday=3)
    school_class = a_class(school)
    turn = a_turn(term, thursday, school_class)
    add(office, "not", whom=f"class-{school_class.pk}", weekdays=[0], weight="must", why="体育课")
    places = office.get(reverse("timetable.places_for", args=[turn.pk])).json()
    assert places[str(monday.pk)]["every"] == "体育课"

    there = {"slot": monday.pk, "weeks": "every"}
    moved = reverse("timetable.move_turn", args=[turn.pk])
    answer = office.post(moved, there, follow=True)
    (conflict,) = answer.context["conflicts"]
    assert (conflict["why"], conflict["better"]) == (["体育课"], thursday)


def test_a_pinned_class_says_so_and_is_let_go(office, school, term):
    turn = a_turn(term, a_slot(school), a_class(school))
    office.post(reverse("timetable.pin_turn", args=[turn.pk]))
    assert queries.problem_of(term).wishes[0].put == queries.put_of(turn)
    office.post(reverse("timetable.unpin_turn", args=[turn.pk]))
    assert queries.problem_of(term).wishes == ()


def test_many_rules_and_classes_cost_no_more_queries(
    office, school, term, django_assert_max_num_queries, django_assert_num_queries
):
    slots = [a_slot(school, weekday=day, capacity=9) for day in range(5)]
    proposal = a_proposal(term, [[slots[0].pk, a_class(school).pk, "every"]], outcome="best")
    pages = reverse("timetable.see_wishes"), reverse("timetable.see_proposal", args=[proposal.pk])
    counts = []
    for page in pages:
        with django_assert_max_num_queries(30) as few:
            office.get(page)
        counts.append(len(few))
    for number in range(3, 9):
        proposal.puts.append([slots[number % 5].pk, a_class(school, number=number).pk, "a"])
        add(office, "only", whom=number % 6 + 1, weekdays=[0], weight="wish")
    proposal.save()
    for page, count in zip(pages, counts, strict=True):
        with django_assert_num_queries(count):
            office.get(page)


def test_r27_the_next_term_s_rules_and_the_last_term_s_coming_are_reached_by_links(
    office, school, term
):
    spring = a_term(school, number=2, dates=SPRING)
    a_turn(term, a_slot(school), a_class(school))
    for name in ("see_timetable", "see_wishes", "give_out", "see_visits"):
        page = office.get(reverse(f"timetable.{name}")).content.decode()
        assert f'href="?term={spring.pk}"' in page, name
        there = office.get(reverse(f"timetable.{name}"), {"term": spring.pk}).content.decode()
        for to in ("see_timetable", "see_wishes", "give_out", "see_visits"):
            assert f'href="{reverse(f"timetable.{to}")}?term={spring.pk}"' in there, (name, to)
    assert ("记下哪个班没来" in page, "记下哪个班没来" in there) == (True, False)
