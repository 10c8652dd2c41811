import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuxiang.formats import pinyin


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        ("曾子墨", "zengzimo", "zzm"), ("单雄信", "shanxiongxin", "sxx"), ("單雄信", "shanxiongxin", "sxx"),
        ("查良镛", "zhaliangyong", "zly"), ("解缙", "xiejin", "xj"), ("仇英", "qiuying", "qy"), ("朴树", "piaoshu", "ps"),
        ("区适", "oushi", "os"), ("尉迟恭", "yuchigong", "ycg"), ("万俟卨", "moqixie", "mqx"), ("单于明", "chanyuming", "cym"),
        ("王小明", "wangxiaoming", "wxm"), ("吕布", "lvbu", "lb"), ("[英] 奥斯卡·王尔德", "aosikawangerde", "askwed"),
        ("J.K.罗琳", "jkluolin", "jkll"),
    ],
)  # fmt: skip
def test_a_name_is_found_first_by_the_reading_of_its_surname(name, full, short):
    assert pinyin.name_keys(name).split()[:2] == [full, short]


def test_a_name_is_found_by_the_everyday_reading_too():
    assert pinyin.name_keys("曾子墨") == "zengzimo zzm cengzimo czm"
    assert {"wangle", "wl", "wangyue", "wy"} <= set(pinyin.name_keys("王乐").split())


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        ("没头脑和不高兴", "meitounaohebugaoxing mtnhbgx"),
        ("《三国演义2》", "sanguoyanyi2 sgyy2"),
        ("Harry 波特", "harrybote hbt"),
        ("重庆的故事", "chongqingdegushi cqdgs zhongqingdegushi zqdgs"),
        ("……", ""),
    ],
)
def test_a_title_is_found_by_its_readings(title, keys):
    assert pinyin.title_keys(title) == keys


def test_one_reading_is_the_likeliest():
    assert pinyin.syllables("银行里的绿书2") == ("yin", "hang", "li", "de", "lv", "shu", "2")
    assert pinyin.initials("红楼梦（上）") == "hlms"


def test_readings_do_not_grow_beyond_their_limit():
    assert len(pinyin.name_keys("乐长重朝行晟乐长").split()) <= 2 * pinyin.MOST_READINGS


def test_a_character_without_a_reading_does_not_shift_the_others():
    assert pinyin.title_keys("𠮷野乐") == "yele yl yeyue yy"


@given(st.text(max_size=12) | st.text("曾乐单于长的a1 ·", max_size=8))
def test_keys_are_what_a_keyboard_can_type(text):
    for keys in (pinyin.name_keys(text), pinyin.title_keys(text)):
        assert all(key.isascii() and key.isalnum() and key == key.lower() for key in keys.split())


def test_the_dictionaries_are_not_loaded_before_they_are_needed():
    code = "import sys; from shuxiang.formats import pinyin, text; print({'pypinyin', 'opencc'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.strip() == "set()"
