"""A title says where to walk; a reader who has signed in waits for what is out."""

import re

import pytest

from shuxiang.circulation.models import Hold
from shuxiang.circulation.tests.factories import a_library, an_account
from shuxiang.platform.accounts.roles import Role

HER_NAME = "欧阳予安"


@pytest.fixture
def title(library, look):
    """Open the page of the title of a copy."""

    def opened(copy=0, **more):
        return look(f"titles/{library.copies[copy].holding_id}/", **more)

    return opened


@pytest.fixture
def pupil(library, client):
    """Sign in as the third pupil."""
    reader = library.pupils[2]
    reader.account = an_account(library.school, Role.PUPIL)
    reader.save(update_fields=["account"])
    client.force_login(reader.account, "shuxiang.platform.accounts.backends.AccountBackend")
    return reader


@pytest.fixture
def hold(client, library):
    def pressed(copy=2, nonce="n1"):
        address = f"/catalogue/titles/{library.copies[copy].holding_id}/hold/"
        return client.post(address, {"nonce": nonce})

    return pressed


def test_r24_a_title_says_where_to_walk_and_how_many_are_in(title):
    page = title()
    place = page.index("到哪里拿")
    assert place < page.index("文学 4 架") < page.index("ISBN</dt>")
    assert "在架 2 册，共 2 册" in page


def test_r24_a_title_that_is_out_says_when_it_comes_back_and_how_many_wait_but_not_who(
    library, title
):
    library.lend(copy=2)
    library.place_hold(copy=2)
    page = title(2)
    assert "最早12月7日还回来" in page
    assert "1 人在等" in page
    assert not any(pupil.name in page for pupil in library.pupils)


def test_a_title_leads_to_its_series_its_author_and_its_neighbours(title):
    page = title(3)
    for section in ("架上左右", "同一套丛书", "同一作者"):
        assert section in page
    assert page.count("哈利·波特与密室</b>") == 3


def test_a_book_without_class_or_shelf_has_a_page_too(title):
    page = title(5)
    assert "请问图书馆老师放在哪里" in page
    assert "架上左右" not in page


@pytest.mark.parametrize("key", [0, 999_999, 10**30])
def test_an_unknown_title_is_not_found(look, key):
    look(f"titles/{key}/", status=404)


def test_another_schools_title_is_not_found(library, pupil, look):
    other = a_library(copies=1)
    look(f"titles/{other.copies[0].holding_id}/", status=404)


def test_the_page_costs_the_same_however_many_copies_there_are(title, django_assert_num_queries):
    with django_assert_num_queries(11):
        title(0)


def test_r24_a_reader_waits_for_what_is_out(library, pupil, title, hold):
    library.lend(copy=2)
    assert "预约，留一册给我" in title(2)
    assert hold().status_code == 302
    page = title(2)
    assert "预约好了，你排第一" in page
    assert "预约，留一册给我" not in page
    assert Hold.objects.get().reader == pupil


def test_the_same_press_twice_is_one_hold(library, pupil, hold):
    library.lend(copy=2)
    assert [hold().status_code, hold().status_code] == [302, 302]
    assert Hold.objects.count() == 1


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (lambda library: None, "馆里就有，不用预约"),
        (lambda library: library.lend(copy=2, pupil=2), "这本书就在你手里"),
        (lambda library: (library.lend(copy=2), library.place_hold(copy=2, pupil=2)), "已经预约了"),
    ],
    ids=["it is in", "I have it", "twice"],
)
def test_a_hold_that_cannot_be_is_refused_in_words(library, pupil, hold, before, said):
    before(library)
    holds = Hold.objects.count()
    answer = hold(nonce="another")
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Hold.objects.count() == holds


def test_a_number_used_for_another_book_does_nothing(library, pupil, hold):
    library.lend(copy=2)
    library.lend(copy=3, pupil=1)
    hold(copy=2)
    assert hold(copy=3).status_code == 422
    assert Hold.objects.count() == 1


def test_who_is_no_reader_is_told_so(library, client, hold):
    library.lend(copy=2)
    client.force_login(library.librarian, "shuxiang.platform.accounts.backends.AccountBackend")
    answer = hold()
    assert answer.status_code == 422
    assert "还没有对应的读者" in answer.content.decode()


def test_a_stranger_is_led_to_sign_in_and_back(library, title, hold):
    library.lend(copy=2)
    assert f"/sign-in/?next=/catalogue/titles/{library.copies[2].holding_id}/" in title(2)
    assert "/sign-in/" in hold().headers["Location"]
    assert Hold.objects.count() == 0


def test_my_own_loan_is_told_to_me_alone(library, pupil, client, title):
    library.lend(copy=2, pupil=2)
    assert "这本书在你手里，12月7日前还" in title(2)
    client.logout()
    assert "在你手里" not in title(2)


def test_a_copy_laid_aside_for_me_says_where_and_until_when(library, pupil, title):
    library.lend(copy=2)
    library.place_hold(copy=2, pupil=2)
    library.take_back(copy=2)
    assert re.search(r"给你留好了：预约架 1 格，\d+月\d+日前来取", title(2))


def test_r24_a_title_is_cited_and_exported(library, title, client):
    cited = "曹雪芹, 高鹗. 红楼梦[M]. 3版. 北京: 人民文学出版社, 2008."
    assert cited in title(0)
    root = f"/catalogue/titles/{library.copies[0].holding_id}/book"
    assert client.get(f"{root}.txt").content.decode() == f"{cited}\n"
    ris = client.get(f"{root}.ris").content.decode()
    assert ris.startswith("TY  - BOOK\r\nAU  - 曹雪芹\r\n")
    assert ris.endswith("ER  - \r\n")
    fields = client.get(f"{root}.json").json()
    assert fields["isbn"] == ["9787020002207"]
    assert fields["call_number"] == "I242.4/1"
