"""A librarian prints reader cards."""

from __future__ import annotations

import io
from datetime import date

import pytest
import zxingcpp
from django.urls import reverse
from django.utils import translation
from django_scopes import scope
from PIL import Image

from shuxiang.catalogue.tests.factories import NOW, a_school
from shuxiang.paper.queries import reader_cards
from shuxiang.paper.wording import on_cards
from shuxiang.platform.audit.models import Entry
from shuxiang.readers import actions
from shuxiang.readers.models import Reader

PAGE, PDF = reverse("paper.reader_cards"), reverse("paper.cards_pdf")
PICTURE = reverse("paper.cards_picture")
TODAY = date(2026, 11, 23)


def a_reader(school, name, card="", school_class=None, **facts):
    return actions.add_reader(
        school=school,
        name=name,
        card=card,
        school_class=school_class,
        joined_on=date(2026, 9, 1),
        by=None,
        now=NOW,
        **{"category": "pupil", **facts},
    )


def a_class(school):
    return actions.add_class(
        school=school, stage="primary", cohort=2024, number=2, mark="2", by=None, now=NOW
    )


@pytest.fixture
def pupils(school):
    school_class = a_class(school)
    return [
        a_reader(school, name, card, school_class, number=f"2024{seat:04d}", seat=seat)
        for seat, (name, card) in enumerate(
            (("林书言", "D000001"), ("欧阳若曦", "D000002"), ("陈一", "")), start=1
        )
    ]


@pytest.fixture
def who(pupils):
    return f"who=class-{pupils[0].memberships.get().school_class_id}"


def codes_on(office, asked):
    picture = Image.open(io.BytesIO(office.get(f"{PICTURE}?{asked}").content))
    large = picture.resize((picture.width * 2, picture.height * 2))
    return sorted(barcode.text for barcode in zxingcpp.read_barcodes(large))


def test_a_class_gets_its_cards_and_who_has_no_number_is_named(office, who):
    run = office.get(f"{PAGE}?{who}").context["run"]
    assert [reader.name for reader in run.readers] == ["林书言", "欧阳若曦"]
    assert [reader.name for reader in run.without_card] == ["陈一"]
    assert codes_on(office, who) == ["D000001", "D000002"]


def test_only_those_ticked_are_printed(office, pupils, who):
    assert codes_on(office, f"{who}&ticked=1&reader={pupils[1].pk}") == ["D000002"]
    assert office.get(f"{PAGE}?{who}&ticked=1").context["run"].readers == []
    assert office.get(f"{PDF}?{who}&ticked=1").status_code == 302


def test_one_reader_is_printed_from_the_readers_page(office, pupils):
    page = office.get(reverse("readers.see_reader", args=[pupils[0].pk])).content.decode()
    assert f"{PAGE}?reader={pupils[0].pk}" in page
    assert codes_on(office, f"reader={pupils[0].pk}") == ["D000001"]


def test_a_card_says_name_class_and_card_and_nothing_else(pupils):
    card, _other = reader_cards(pupils, TODAY)  # the third has no card
    assert (card.name, card.belongs_to, card.code) == ("林书言", "2024级2班", "D000001")
    assert set(card.__slots__) == {"name", "belongs_to", "code"}


def test_a_teacher_is_called_one_in_the_language_of_the_school(school):
    teacher = a_reader(school, "周敏", "T0001", category="teacher")
    with translation.override("en"):
        (card,) = reader_cards([teacher], TODAY)
        words = on_cards("青禾小学")
    assert (card.belongs_to, words.heading) == ("教师", "借书证")


def test_that_cards_were_printed_is_written_down_without_names(office, pupils, who):
    office.get(f"{PAGE}?{who}")
    assert not Entry.objects.filter(verb="readers.see_cards").exists()
    answer = office.get(f"{PDF}?{who}")
    entry = Entry.objects.get(verb="readers.see_cards")
    assert answer["Content-Disposition"].startswith("inline")
    assert entry.details == {"readers": [pupils[0].pk, pupils[1].pk]}


def test_who_left_and_who_is_at_another_school_gets_no_card(office, school, pupils):
    actions.leave(reader=pupils[0], on=TODAY, by=None, now=NOW)
    other = a_school("河口小学")
    with scope(school=other):
        theirs = a_reader(other, "外校", "X1")
        elsewhere = a_class(other)
    with scope(school=school):
        chosen = office.get(f"{PAGE}?reader={pupils[0].pk}&reader={theirs.pk}")
        assert chosen.context["run"].group == []
        assert office.get(f"{PAGE}?who=class-{elsewhere.pk}").context["run"].group == []
    assert Reader.objects.filter(left_on=TODAY).exists()


@pytest.mark.parametrize(
    "asked", ["who=class-x", f"who=class-{'9' * 30}", "reader=x", "who=nobody"]
)
def test_an_address_that_names_nobody_shows_how_to_choose(office, school, asked):
    page = office.get(f"{PAGE}?{asked}")
    assert (page.status_code, page.context["run"].group) == (200, [])


def test_the_register_of_a_class_leads_here(office, pupils, who):
    key = who.removeprefix("who=class-")
    page = office.get(reverse("readers.register", args=[key])).content.decode()
    assert f"{PAGE}?{who}" in page
