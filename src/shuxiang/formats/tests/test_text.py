import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuxiang.formats import text

WORDS = st.text(
    st.sampled_from("红楼夢臺灣三國 　ＡａＢ12３·，。《》-\t\n\u200b\ufeff"), max_size=30
)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  三　国\t演义 \r\n", "三 国 演义"),
        ("ＩＳＢＮ：９７８", "ISBN:978"),
        ("\ufeff书\u200b名\u00ad", "书名"),
        ("a\x00b\x1fc", "ab c"),
        ("", ""),
    ],
)
def test_folded_text_is_half_width_without_invisible_characters(typed, plain):
    assert text.fold(typed) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《三國演義．上冊》", "三国演义 上册"),
        ("邓小平文选. 第二卷", "邓小平文选第二卷"),
        ("Ｈarry　Ｐotter", "harry potter"),
        ("奥斯卡·王尔德", "奥斯卡•王尔德"),
    ],
)
def test_two_spellings_of_one_title_have_one_key(one, other):
    assert text.match_key(one) == text.match_key(other) != ""


def test_c_plus_plus_and_c_sharp_are_not_c():
    assert len({text.match_key(title) for title in ("C 入门", "C++ 入门", "C# 入门")}) == 3


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("000123\r\n", "000123"),
        ("ｔ０００１２３\t", "T000123"),
        ("b，00 01。2", "B00012"),
        ("\x02978‘7、\x1b", "9787"),
        ("a-1.5/2", "A-1.5/2"),
        ("，。", ""),
    ],
)
def test_a_scan_through_a_chinese_keyboard_gives_the_code(sent, code):
    assert text.scan_code(sent) == code


def test_a_scan_over_64_characters_is_too_long():
    assert text.scan_code("１" * 64 + "\r") == "1" * 64
    with pytest.raises(text.TooLong):
        text.scan_code("1" * 65)


@given(WORDS)
def test_plain_text_stays_as_it_is(typed):
    for plain in (text.fold, text.match_key, text.scan_code):
        assert plain(plain(typed)) == plain(typed)


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("1000110002", ("10001", "10002")),
        ("T0110001", ("T01", "10001")),
        ("10001", ("10001",)),
        ("1000199999", ("1000199999",)),
        ("1111", ("1111",)),  # 1 and 111, or 111 and 1
    ],
)
def test_two_scans_run_together_are_parted_only_in_one_way(code, parts):
    known = {"10001", "10002", "T01", "1", "111"}
    assert text.split_run_together(code, lengths={1, 3, 5}, known=known.__contains__) == parts
