from datetime import date

import pytest
from django.urls import reverse
from django_scopes import scope

from shuxiang.platform.accounts.roles import Role
from shuxiang.platform.audit.models import Entry
from shuxiang.readers import actions, queries
from shuxiang.readers.models import Reader
from shuxiang.readers.tests.factories import (
    NOW,
    TODAY,
    a_class,
    a_reader,
    a_school,
    an_account,
)


def at(name, *keys):
    return reverse(f"readers.{name}", args=keys)


def listed(client, **query):
    return [row.reader.name for row in client.get(at("see_readers"), query).context["rows"]]


@pytest.fixture
def class_two(school):
    return a_class(school, 3, 2)


@pytest.fixture
def lin(school, class_two):
    return a_reader(school, "林书言", school_class=class_two, number="2024017", card="A100", seat=7)


@pytest.mark.parametrize(
    "query",
    [{"q": "lsy"}, {"q": "书言"}, {"q": "2024017"}, {"q": "a100"}, {"category": "pupil"}],
)
def test_a_reader_is_found_in_the_list(office, school, lin, query):
    a_reader(school, "高洁", category="teacher")
    assert listed(office, **query) == ["林书言"]


def test_the_list_narrows_to_a_class_a_pause_and_those_who_left(office, school, lin, zhou):
    gone = a_reader(school, "白露", school_class=a_class(school, 4, 1))
    actions.leave(reader=gone, on=TODAY, by=zhou, now=NOW)
    actions.restrict(reader=lin, why="书未赔", from_on=TODAY, until_on=None, by=zhou, now=NOW)
    in_class = lin.memberships.get().school_class
    assert listed(office) == ["林书言"]
    assert listed(office, school_class=in_class.pk) == ["林书言"]
    assert listed(office, standing="paused") == ["林书言"]
    assert listed(office, standing="left") == ["白露"]
    shown = office.get(at("see_readers"), {"standing": "left"}).content.decode()
    assert "2023级1班" in shown, "the class has no grade when it is over"


def test_fifty_readers_stand_on_a_page_for_a_fixed_number_of_queries(
    office, school, class_two, django_assert_max_num_queries
):
    for number in range(60):
        a_reader(school, f"学生{number}", school_class=class_two)
    with django_assert_max_num_queries(16):
        assert len(listed(office)) == 50
    assert len(listed(office, page="2")) == 10


def test_nobody_found_says_how_to_search(office, school, lin):
    answer = office.get(at("see_readers"), {"q": "没有这个人"})
    assert "拼音首字母" in answer.content.decode()


def test_a_reader_is_added_with_class_number_and_card(office, school, class_two):
    typed = {
        "name": "许可",
        "category": "pupil",
        "school_class": class_two.pk,
        "seat": "3",
        "number": "007",
        "card": "b200",
        "joined_on": "2026-11-23",
    }
    answer = office.post(at("add_reader"), typed)
    reader = Reader.objects.get()
    assert answer["Location"] == at("see_reader", reader.pk)
    assert (reader.number, reader.card, reader.seat) == ("007", "B200", 3)
    assert queries.class_of(reader, TODAY) == class_two


def test_a_number_that_is_taken_names_its_holder_and_keeps_what_was_typed(office, school, lin):
    typed = {"name": "许可", "category": "pupil", "number": "2024017", "joined_on": "2026-11-23"}
    answer = office.post(at("add_reader"), typed)
    assert answer.status_code == 422
    assert "林书言" in answer.content.decode()
    assert 'value="许可"' in answer.content.decode()
    assert Reader.objects.count() == 1


def test_a_class_of_another_school_cannot_be_chosen(office, school):
    other = a_school("松风小学")
    with scope(school=other):
        elsewhere = a_class(other)
    typed = {"name": "许可", "category": "pupil", "joined_on": "2026-11-23"}
    answer = office.post(at("add_reader"), {**typed, "school_class": elsewhere.pk})
    assert answer.status_code == 422
    assert not Reader.objects.exists()


def test_opening_a_readers_page_is_written_down(office, lin, zhou):
    answer = office.get(at("see_reader", lin.pk))
    assert "A100" in answer.content.decode()
    entry = Entry.objects.get(verb="readers.see_reader")
    assert (entry.by, entry.subject_id) == (zhou, lin.pk)


def test_opening_the_history_is_written_down_by_itself(office, lin):
    office.get(reverse("circulation.see_reader_history", args=[lin.pk]))
    verbs = list(Entry.objects.values_list("verb", flat=True))
    assert verbs.count("circulation.see_reader_history") == 1
    assert verbs.count("readers.see_reader") == 0


def test_only_what_differs_is_changed(office, lin):
    typed = {
        "name": "林书彦",
        "category": "pupil",
        "number": "2024017",
        "seat": "7",
        "joined_on": "2026-09-01",
    }
    office.post(at("change_reader", lin.pk), typed)
    assert Reader.objects.get().name == "林书彦"
    assert Entry.objects.get(verb="readers.change_reader").details == {"changed": ["name"]}


def test_a_card_is_replaced_and_taken_away(office, lin):
    office.post(at("give_card", lin.pk), {"card": "Ａ１０１"})
    assert Reader.objects.get().card == "A101"
    office.post(at("give_card", lin.pk), {"take_away": "1"})
    assert Reader.objects.get().card == ""


def test_a_book_is_no_card(office, school, lin):
    from shuxiang.platform.numbers.actions import take_barcodes
    from shuxiang.platform.numbers.models import Barcode

    take_barcodes(school=school, codes=["00000042"], kind=Barcode.Kind.COPY)
    answer = office.post(at("give_card", lin.pk), {"card": "00000042"})
    assert answer.status_code == 422
    assert "图书条码" in answer.content.decode()


def test_a_move_keeps_the_past(office, school, lin, class_two):
    three = a_class(school, 3, 3)
    office.post(at("move_to_class", lin.pk), {"school_class": three.pk, "on": "2026-11-23"})
    assert queries.class_of(lin, TODAY) == three
    assert queries.class_of(lin, date(2026, 11, 22)) == class_two


def test_leaving_tells_what_is_out_and_can_be_taken_back(office, school, lin, class_two):
    office.post(at("leave", lin.pk), {"on": "2026-11-20"})
    assert Reader.objects.get().left_on == date(2026, 11, 20)
    assert at("come_back", lin.pk) in office.get(at("see_reader", lin.pk)).content.decode()
    office.post(at("come_back", lin.pk), {"school_class": class_two.pk, "on": "2026-11-21"})
    back = Reader.objects.get()
    assert (back.left_on, back.card) == (None, "A100")
    assert queries.class_of(back, TODAY) == class_two


@pytest.mark.parametrize("day", ["2026-11-24", "2026-08-31", "nonsense"])
def test_a_last_day_that_cannot_be_is_refused(office, lin, day):
    assert office.post(at("leave", lin.pk), {"on": day}).status_code == 422
    assert Reader.objects.get().left_on is None


def test_a_pause_is_set_and_lifted(office, lin):
    typed = {"why": "书未赔", "from_on": "2026-11-23", "until_on": ""}
    office.post(at("restrict", lin.pk), typed)
    (pinned,) = queries.restrictions_in_force(lin, TODAY)
    assert "书未赔" in office.get(at("see_reader", lin.pk)).content.decode()
    assert office.get(at("lift_restriction", pinned.pk)).status_code == 405
    office.post(at("lift_restriction", pinned.pk))
    assert queries.restrictions_in_force(lin, TODAY) == []


def test_a_pause_does_not_end_before_it_begins(office, lin):
    typed = {"why": "书未赔", "from_on": "2026-11-23", "until_on": "2026-11-22"}
    assert office.post(at("restrict", lin.pk), typed).status_code == 422


def test_a_reader_of_another_school_is_not_there(office, school):
    other = a_school("松风小学")
    with scope(school=other):
        elsewhere = a_reader(other, "陈晓东")
    assert office.get(at("see_reader", elsewhere.pk)).status_code == 404
    assert office.post(at("leave", elsewhere.pk), {"on": "2026-11-23"}).status_code == 404
    assert listed(office, q="陈晓东") == []


@pytest.mark.parametrize(
    "role", [Role.HELPER, Role.PRINCIPAL, Role.SCHOOL_ADMIN, Role.CLASS_TEACHER]
)
def test_readers_are_the_librarians_own(client, school, lin, role):
    client.force_login(an_account(school, role))
    assert client.get(at("see_readers")).status_code == 403
    assert client.get(at("see_reader", lin.pk)).status_code == 403
    assert not Entry.objects.filter(verb="readers.see_reader").exists()
