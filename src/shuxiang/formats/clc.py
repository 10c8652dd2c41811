"""Class numbers of the Chinese Library Classification (中国图书馆分类法, 中图法, 5th edition).

Names of the 22 main classes: 《中国图书馆分类法》第五版, 国家图书馆出版社 2010. The five parts (五大部类) as counted
in 附表二 of 《中小学图书馆(室)规程》. A class need not be a row of a table: I561.4 and I712.84 are built with
the table of the world's regions (世界地区表), so numbers are judged by their grammar.
"""

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from shuxiang.formats.text import fold

KEPT: Final = 8_192  # numbers that are remembered: a library has a few hundred classes
PARTS: Final = MappingProxyType(
    {
        1: "马列主义、毛泽东思想、邓小平理论",
        2: "哲学、宗教",
        3: "社会科学",
        4: "自然科学",
        5: "综合性图书",
    }
)


class MainClass(NamedTuple):
    """One of the 22 main classes: its letter, its name, and the part (1 to 5) that it belongs to."""

    letter: str
    name: str
    part: int


MAIN_CLASSES: Final = MappingProxyType(
    {
        letter: MainClass(letter, name, part)
        for letter, name, part in (
            ("A", "马克思主义、列宁主义、毛泽东思想、邓小平理论", 1),
            ("B", "哲学、宗教", 2),
            ("C", "社会科学总论", 3),
            ("D", "政治、法律", 3),
            ("E", "军事", 3),
            ("F", "经济", 3),
            ("G", "文化、科学、教育、体育", 3),
            ("H", "语言、文字", 3),
            ("I", "文学", 3),
            ("J", "艺术", 3),
            ("K", "历史、地理", 3),
            ("N", "自然科学总论", 4),
            ("O", "数理科学和化学", 4),
            ("P", "天文学、地球科学", 4),
            ("Q", "生物科学", 4),
            ("R", "医药、卫生", 4),
            ("S", "农业科学", 4),
            ("T", "工业技术", 4),
            ("U", "交通运输", 4),
            ("V", "航空、航天", 4),
            ("X", "环境科学、安全科学", 4),
            ("Z", "综合性图书", 5),
        )
    }
)

_PLAIN = str.maketrans(
    dict.fromkeys("‐‑‒–—−─", "-") | dict.fromkeys("“”„″", '"') | dict.fromkeys("·。", ".")
)
_BRACKETS = re.compile(
    r"\[(.+)\]|\{(.+)\}"
)  # alternative and discontinued classes as printed in the table

_LETTERS = r"(?:T[BDEFGHJKLMNPQSUV]|DF|[A-KN-VXZ])"
_DIGITS = r"(?:\d{3}\.)*\d{1,3}"  # a dot after every third digit, none at the end
_REGION = rf"\({_DIGITS}\)"
_AUXILIARY = (
    rf"(?:-{_DIGITS}"  # 总论复分 I-49, B842.6-49
    rf"|{_REGION}"  # 世界地区 J238.2(712)
    rf'|"{_DIGITS}"'  # 种族、民族 "3"
    rf"|={_DIGITS}"  # 时代 K825.6=422
    rf"|<{_DIGITS}>"  # 通用时间、地点
    rf"|\+\.?{_DIGITS})"  # 专类复分 Q982+.3
)
_ONE = rf"{_LETTERS}(?:{_DIGITS})?(?:(?<=\d)[A-Z]{{1,8}}\d*)?{_AUXILIARY}*"
_RANGE_END = rf"/(?:\.{_DIGITS}|-?{_DIGITS})"  # K3/7, H031/039, I106.2/.8
_CLASS = re.compile(rf"{_ONE}(?:{_RANGE_END})?(?:[:+]{_ONE})*")


@lru_cache(maxsize=KEPT)
def normalise(code: str) -> str:
    """Write a class number as the standard does: upper case, half-width, no blanks, plain marks.

    Ｉ２４７．５ and i247.5 become I247.5; brackets round a whole number ([A49], {B0}) fall away.
    Nothing is guessed: a wrong number stays wrong (ask `is_valid`). Empty for blank.
    """
    plain = fold(code).translate(_PLAIN).replace(" ", "").upper()
    bracketed = _BRACKETS.fullmatch(plain)
    return (bracketed[1] or bracketed[2]) if bracketed else plain


def is_valid(code: str) -> bool:
    """Tell whether a class number, once normalised, follows the grammar.

    A main class, perhaps a second letter (T, DF), digits with a dot after every third, then auxiliaries
    (`-05` `(712)` `"3"` `=2` `<114>` `+`), a range (`K3/7`) or other classes after `:` or `+`.
    """
    return _CLASS.fullmatch(normalise(code)) is not None


def main_class(code: str) -> MainClass | None:
    """Give the main class of a class number, also of one with faults further on, or None."""
    return MAIN_CLASSES.get(normalise(code)[:1])
