"""Pinyin keys, so that 曾子墨 is found by zengzimo, by zzm, and by the reading that a machine would give."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from itertools import islice, product
from typing import Any, Final

from shuxiang.formats.text import fold, plain

MOST_READINGS: Final = 16
LONGEST_SOUND: Final = 16
"""Letters of a reading under which something is filed; what is typed beyond them is compared later."""
LONGEST_RUN: Final = 8
"""Initials, likewise."""
SOUNDS_FROM_A_START: Final = 4
WAYS_KEPT: Final = 8
LONGEST_SYLLABLE: Final = 6  # zhuang
KEPT: Final = 8_192  # texts whose readings are remembered: series and authors come again and again


def _table(entries: str) -> dict[str, tuple[str, ...]]:
    return {
        word: tuple(readings.split(","))
        for word, readings in (entry.split("=") for entry in entries.split())
    }


# Readings that a surname has and the everyday character has not, by syllable: 《现代汉语词典》, entries marked 姓.
SURNAMES: Final = _table(
    "曾=zeng 单=shan 查=zha 解=xie 仇=qiu 朴=piao 区=ou 盖=ge 翟=zhai 覃=qin 乐=yue 缪=miao 洗=xian "
    "么=yao 繁=po 员=yun 黑=he 折=she 秘=bi 祭=zhai 句=gou 郇=xun 召=shao 隗=wei 牟=mu 佴=nai 乜=nie "
    "种=chong 粘=nian 薄=bo 藏=zang 都=du 会=gui 尉迟=yu,chi 万俟=mo,qi 长孙=zhang,sun 单于=chan,yu "
    "澹台=tan,tai 鲜于=xian,yu 令狐=ling,hu 亓官=qi,guan"
)
# Characters of given names and titles that are read, and searched for, in more than one way.
ALSO_READ: Final = _table(
    "乐=le,yue 长=chang,zhang 重=zhong,chong 朝=chao,zhao 行=xing,hang 晟=sheng,cheng 茜=qian,xi 莘=xin,shen "
    "盛=sheng,cheng 藏=cang,zang 传=chuan,zhuan 弹=dan,tan 角=jiao,jue 觉=jue,jiao 奇=qi,ji 殷=yin,yan 蔚=wei,yu "
    "车=che,ju 颉=jie,xie 娜=na,nuo 浚=jun,xun 骑=qi,ji 血=xue,xie 谁=shui,shei 露=lu,lou 泊=bo,po 佛=fo,fu "
    "仔=zi,zai 降=jiang,xiang 曾=zeng,ceng 调=diao,tiao 柏=bai,bo 瞿=qu,ju 牟=mou,mu 翟=zhai,di"
)

_ONSETS = "b p m f d t n l g k h j q x r z c s y w zh ch sh"
_FINALS = "a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang v ve ue"
BEGINNINGS: Final = frozenset(
    (initial + final)[:size]
    for initial in ["", *_ONSETS.split()]
    for final in _FINALS.split()
    for size in range(2, len(initial + final) + 1)
)
"""Beginnings of syllables, of two letters and more; a few that no dictionary has do no harm."""

_COUNTRY = re.compile(r"^\s*[\[(〔【][^\])〕】]*[\])〕】]")  # the [英] of [英] 王尔德
_TOKEN = re.compile(r"[a-z]+|[0-9]+|[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")


@lru_cache(maxsize=KEPT)
def syllables(text: str) -> tuple[str, ...]:
    """Give the most likely reading: one syllable a character (ü as v), Latin words and numbers as they are."""
    return tuple(syllable for token in _tokens(text) for syllable in _reading(token))


def initials(text: str) -> str:
    """Give the first letter of each syllable and Latin word, and whole numbers: 三国演义2 → sgyy2."""
    return _initials(syllables(text))


@lru_cache(maxsize=KEPT)
def name_keys(name: str) -> str:
    """Give all readings of a person's name, the surname's own first: each in full and as initials.

    Separated by blanks (曾子墨 → zengzimo zzm cengzimo czm); at most 16 readings; empty without letters.
    """
    name = _COUNTRY.sub("", fold(name))
    first, *others = _tokens(name) or ("",)
    surname = next((first[:size] for size in (2, 1) if first[:size] in SURNAMES), "")
    given = first[len(surname) :]
    if not surname and _is_read_in_one_way(name):
        return _keys_of_one(syllables(name))
    choices = [[SURNAMES[surname], _reading(surname)]] if surname else []
    return _keys(
        [*choices, *_choices(given), *(choice for token in others for choice in _choices(token))]
    )


@lru_cache(maxsize=KEPT)
def title_keys(title: str) -> str:
    """Give the readings of a title as `name_keys` does for a name: 没头脑和不高兴 → meitounaohebugaoxing mtnhbgx."""
    if _is_read_in_one_way(title):
        return _keys_of_one(syllables(title))
    return _keys(_readings(title))


@lru_cache(maxsize=KEPT)
def sounds(text: str) -> frozenset[str]:
    """Give what a text is filed under by ear: read on from each of its characters, in full and as initials.

    红楼梦 → hongloumeng loumeng meng hlm lm m. Cut at `LONGEST_SOUND` and `LONGEST_RUN` letters.
    """
    read = list(filter(None, syllables(text)))
    spoken, run = "".join(read), _initials(read)
    found = {""}
    at = 0
    for syllable in read:
        found.add(spoken[at : at + LONGEST_SOUND])
        at += len(syllable)
    at = 0
    for initial in read if len(run) > len(read) else run:  # a number is longer than one initial
        found.add(run[at : at + LONGEST_RUN])
        at += len(initial) if initial.isdigit() else 1
    if not _is_read_in_one_way(text):
        found |= _other_sounds(_readings(text))
    found.discard("")
    return frozenset(found)


def _other_sounds(readings: Sequence[Sequence[tuple[str, ...]]]) -> set[str]:
    """Read on from each character in the few ways in which its neighbours may be read."""
    found: set[str] = set()
    for start in range(len(readings)):
        window = readings[start : start + LONGEST_RUN]
        for reading in islice(product(*window), SOUNDS_FROM_A_START):
            spoken = [syllable for part in reading for syllable in part if syllable]
            found.add("".join(spoken)[:LONGEST_SOUND])
            found.add(_initials(spoken)[:LONGEST_RUN])
    return found


def parse(typed: str) -> list[str]:
    """Read letters as syllables and initials in every way, and give the initials: honglm → hlm.

    The ways with the fewest parts come first, at most eight; letters that no syllable begins with stand for themselves.
    """
    ways: list[list[tuple[int, str]]] = [[(0, "")], *([] for _ in typed)]
    for start, letter in enumerate(typed):
        kept = sorted(set(ways[start]))[:WAYS_KEPT]
        for size in range(1, LONGEST_SYLLABLE + 1):
            part = typed[start : start + size]
            if len(part) == size and (size == 1 or part in BEGINNINGS):
                ways[start + size] += [(count + 1, run + letter) for count, run in kept]
    return list(dict.fromkeys(run for _count, run in sorted(ways[-1])))[:WAYS_KEPT]


@lru_cache(maxsize=KEPT)
def _readings(text: str) -> list[list[tuple[str, ...]]]:
    """Give what each character of a text may be read as, the likeliest first; a Latin word counts as one."""
    return [choice for token in _tokens(text) for choice in _choices(token)]


def _is_read_in_one_way(text: str) -> bool:
    return ALSO_READ.keys().isdisjoint(plain(text))


def _tokens(text: str) -> Sequence[str]:
    found: list[str] = _TOKEN.findall(plain(text))
    return found


def _reading(token: str) -> tuple[str, ...]:
    if token.isascii():
        return (token,) if token else ()
    found: list[str] = []
    for word in _words(token):
        found += _word(word)
    return tuple(found)


def _words(token: str) -> list[str]:
    """Part characters into words, each the longest that the dictionary has: what pypinyin's mmseg does, quicker."""
    words, beginnings = _dictionary()
    found: list[str] = []
    start, size = 0, len(token)
    while start < size:
        end, longest = start + 1, ""
        while end <= size and (part := token[start:end]) in beginnings:
            if part in words:
                longest = part
            end += 1
        if not longest and end > size:
            return [*found, *token[start:]]
        found.append(longest or token[start])
        start += len(found[-1])
    return found


@cache
def _dictionary() -> tuple[Collection[str], Collection[str]]:
    """Give the words whose readings are known, and the beginnings of all of them."""
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415 - a quarter of a second, much memory
    from pypinyin.seg import mmseg  # noqa: PLC0415

    return PHRASES_DICT, mmseg.p_set._set


@lru_cache(maxsize=32768)
def _word(word: str) -> tuple[str, ...]:
    """Read one word: titles are made of a few thousand of them, and each costs much."""
    import pypinyin  # noqa: PLC0415 - a quarter of a second, and its dictionaries stay in memory

    # An unknown character keeps its place, so that readings and characters stay side by side.
    read: list[str] = pypinyin.lazy_pinyin(word, errors=_silent)
    return tuple(syllable if syllable.isascii() else "" for syllable in read)


def _silent(unknown: str) -> Any:
    return [""] * len(unknown)


def _choices(token: str) -> list[list[tuple[str, ...]]]:
    """Give for each character of a token its readings, the likeliest first."""
    if token.isascii():
        return [[_reading(token)]]
    return [
        [(syllable,), *((other,) for other in ALSO_READ[char])]
        if char in ALSO_READ
        else [(syllable,)]
        for char, syllable in zip(token, _reading(token), strict=True)
    ]


def _keys(choices: Iterable[Sequence[tuple[str, ...]]]) -> str:
    each = [choice if len(choice) == 1 else list(dict.fromkeys(choice)) for choice in choices]
    keys: dict[str, None] = {}
    for reading in islice(product(*each), MOST_READINGS):
        spoken = tuple(syllable for part in reading for syllable in part if syllable)
        keys |= {"".join(spoken): None, _initials(spoken): None}
    return " ".join(key for key in keys if key)


def _keys_of_one(read: Iterable[str]) -> str:
    spoken = [syllable for syllable in read if syllable]
    return " ".join(dict.fromkeys(["".join(spoken), _initials(spoken)])) if spoken else ""


def _initials(spoken: Iterable[str]) -> str:
    return "".join([syllable if syllable.isdigit() else syllable[:1] for syllable in spoken])
