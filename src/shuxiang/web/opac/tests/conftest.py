import re

import pytest
import time_machine
from django_scopes import scope

from shuxiang.catalogue.rules import NewContributor, NewCopy
from shuxiang.catalogue.tests.factories import a_title, take_in, with_isbn
from shuxiang.circulation.tests.factories import NOW, a_library

SHELVES = ("文学 4", "文学 4", "历史 1", "文学 5", "文学 5", "")
TITLES = (
    a_title("红楼梦", author="曹雪芹, 高鹗著", publisher="人民文学出版社", place="北京", year=2008,
            edition="3版", clc="I242.4", numbers=with_isbn("9787020002207"),
            contributors=(NewContributor("曹雪芹", "著"), NewContributor("高鹗", "著"))),
    a_title("红楼梦研究", author="俞平伯著", clc="I207.411", audience="m"),
    a_title("万历十五年", author="[美] 黄仁宇", clc="K248.3", audience="e"),
    a_title("哈利·波特与魔法石", author="[英] J.K.罗琳", series="哈利·波特", series_number="1", clc="I561.84", audience="d"),
    a_title("哈利·波特与密室", author="[英] J.K.罗琳", series="哈利·波特", series_number="2", clc="I561.84", audience="d"),
    a_title("无架的书", author="佚名", clc=""),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def library(db):
    """A school whose first book is there twice; its pupils have unmistakable names."""
    made = a_library(copies=0)
    with scope(school=made.school):
        for pupil, name in zip(made.pupils, ("欧阳予安", "诸葛小满", "司马知遥"), strict=True):
            pupil.name = name
            pupil.save(update_fields=["name"])
        books = [
            NewCopy(title=title, barcode=f"C{at:05}", shelf=shelf)
            for at, (title, shelf) in enumerate(zip(TITLES, SHELVES, strict=True))
        ]
        made.copies = take_in(made.school, *books)
        first = made.copies[0].holding.title_id
        again = NewCopy(title=None, title_id=first, barcode="C00099", shelf="文学 4")
        made.copies += take_in(made.school, again)
        yield made


def closely(page):
    """Read a page without the blanks that its templates leave between and within the tags."""
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", page))


@pytest.fixture
def look(client, library):
    """Open an address of the catalogue and read what it says."""

    def opened(address="", *, status=200):
        answer = client.get(f"/catalogue/{address}")
        assert answer.status_code == status, answer
        return closely(answer.content.decode())

    return opened
