"""Every book gets a cover on which its title can be read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuxiang.web.components import covers
from shuxiang.web.components.covers import lettering, palettes

TITLES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60)


def drawn(title: str, author: str = "林海音", clc: str = "I246.7") -> str:
    return covers.draw(title=title, author=author, clc=clc, label=f"《{title}》封面")


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


ALL = {palette for wears in palettes.WARDROBES.values() for palette in wears.palettes}
ALL |= set(palettes.PICTURE_BOOKS.palettes) | set(palettes.OTHER.palettes)


@pytest.mark.parametrize("palette", sorted(ALL))
def test_the_lettering_can_be_read_on_its_ground(palette):
    assert contrast(palette.ground, palette.ink) >= 4.5


def test_a_book_always_looks_the_same():
    assert drawn("城南旧事") == drawn("城南旧事")


def test_books_of_one_class_do_not_all_look_the_same():
    titles = ["城南旧事", "草房子", "狼王梦", "小王子", "西游记", "夏洛的网", "三体", "昆虫记"]

    assert len({re.sub(r"<text.*?</text>", "", drawn(title)) for title in titles}) > 3


def test_a_picture_book_is_told_from_a_novel():
    assert palettes.wardrobe("I712.85") is palettes.PICTURE_BOOKS
    assert palettes.wardrobe("I712.84") is palettes.LITERATURE


def test_a_subtitle_is_left_off_when_it_would_not_fit():
    assert lettering.short_title("写给儿童的世界历史：从两河流域到地中海") == "写给儿童的世界历史"
    assert lettering.short_title("飞鸟集：英汉对照") == "飞鸟集：英汉对照"
    assert lettering.short_title("《西游记》（上册）") == "西游记"


def test_a_title_is_broken_where_it_has_a_seam():
    assert lettering.break_lines("乡土中国 生育制度", limit=5, most=3) == ["乡土中国", "生育制度"]
    assert lettering.break_lines("大卫，不可以", limit=4, most=2) == ["大卫，", "不可以"]


def test_a_word_is_not_broken():
    setting = lettering.fit("Charlotte's Web", room=96, sizes=((22, 2), (18, 2), (15, 3)))

    assert setting.lines == ["Charlotte's", "Web"]


@given(TITLES)
def test_no_line_is_wider_than_its_room(title):
    setting = lettering.fit(title, room=96, sizes=((22, 2), (18, 2), (11, 3)))

    assert all(lettering.width(line) * setting.size <= 96.01 for line in setting.lines)


@given(title=TITLES, author=st.text(max_size=40), clc=st.text("ABIKNOQTZ0123456789.", max_size=8))
def test_any_title_gives_a_cover_and_no_markup_of_its_own(title, author, clc):
    picture = drawn(title, author, clc)

    assert picture.startswith("<svg")
    assert picture.endswith("</svg>")
    assert set(re.findall(r"<(\w+)", picture)) <= {
        "svg",
        "rect",
        "path",
        "circle",
        "g",
        "text",
        "tspan",
    }
