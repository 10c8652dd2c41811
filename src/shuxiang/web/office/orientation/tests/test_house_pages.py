"""The librarian adds the school's own words and prints the poster."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse
from django_scopes import scope

from shuxiang.circulation.tests.factories import NOW, a_library
from shuxiang.platform.schools.queries import setting

WORDS, POSTER = reverse("house.words"), reverse("paper.rules_poster")


@pytest.fixture
def library(db, client):
    made = a_library()
    client.force_login(made.librarian)
    with time_machine.travel(NOW, tick=False), scope(school=made.school):
        yield made


def test_r44_own_words_are_kept_and_shown_and_may_go_again(client, library):
    asked = {"care": "丢失的图书照价赔偿。\n\n 弄破的书一起修补。 ", "manners": ""}
    page = client.post(WORDS, asked, follow=True).content.decode()
    assert setting(library.school, "house.care") == ["丢失的图书照价赔偿。", "弄破的书一起修补。"]
    assert "<li>弄破的书一起修补。</li>" in page
    assert "<li>保持安静，让大家都能好好看书。</li>" in page
    wrong = client.post(WORDS, {"care": "长" * 121, "manners": "\n".join("安静" * 13)})
    assert wrong.status_code == 422
    assert setting(library.school, "house.care")[0] == "丢失的图书照价赔偿。"
    client.post(WORDS, {"care": "", "manners": ""})
    assert setting(library.school, "house.care") == []


def test_r44_the_poster_is_printed(client, library):
    answer = client.get(POSTER, {"language": "en"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
