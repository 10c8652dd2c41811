"""A statement of responsibility becomes persons; a book becomes a citation."""

import pytest

from shuxiang.web.opac.citing import Person, people


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("曹雪芹, 高鹗著", [Person("曹雪芹"), Person("高鹗", "著")]),
        ("[英] J.K.罗琳 著 ; 苏农译", [Person("J.K.罗琳", "著"), Person("苏农", "译")]),
        ("(法)圣-埃克苏佩里", [Person("圣-埃克苏佩里")]),
        ("〔美〕E.B.怀特 著", [Person("E.B.怀特", "著")]),
        ("林崇德 主编", [Person("林崇德", "主编")]),
        ("[日] 安房直子 著 / [日] 岩渊庆造 绘", [Person("安房直子", "著"), Person("岩渊庆造", "绘")]),
        ("杨绛", [Person("杨绛")]),
        ("余华著", [Person("余华", "著")]),
        ("[美]", []),
        ("", []),
    ],
)  # fmt: skip
def test_persons_are_read_from_what_the_title_page_says(written, read):
    assert people(written) == read


def test_who_is_listed_one_by_one_comes_before_what_is_written():
    assert people("曹雪芹等", [("曹雪芹", "著"), ("[清] 高鹗", "补")]) == [
        Person("曹雪芹", "著"),
        Person("高鹗", "补"),
    ]
