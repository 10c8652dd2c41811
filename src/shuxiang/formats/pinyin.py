"""Pinyin keys, so that 曾子墨 is found by zengzimo, by zzm, and by the reading that a machine would give."""

import gc
import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain, islice, product
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

_READ_IN_SEVERAL_WAYS = frozenset(ALSO_READ)

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
    return tuple(chain.from_iterable(map(_reading, _tokens(text))))


def initials(text: str) -> str:
    """Give the first letter of each syllable and Latin word, and whole numbers: 三国演义2 → sgyy2."""
    return "".join(_initials(syllables(text)))


@lru_cache(maxsize=KEPT)
def name_keys(name: str) -> str:
    """Give all readings of a person's name, the surname's own first: each in full and as initials.

    Separated by blanks (曾子墨 → zengzimo zzm cengzimo czm); at most 16 readings; empty without letters.
    """
    name = _COUNTRY.sub("", fold(name))
    first, *others = _tokens(name) or ("",)
    surname = next((first[:size] for size in (2, 1) if first[:size] in SURNAMES), "")
    if not surname:
        return title_keys(name)
    choices = [" ".join(SURNAMES[surname]), " ".join(_reading(surname))]
    given = (first[len(surname) :], *others)
    return _keys([choices, *(choice for token in given for choice in _readings(token))])


@lru_cache(maxsize=KEPT)
def title_keys(title: str) -> str:
    """Give the readings of a title as `name_keys` does for a name: 没头脑和不高兴 → meitounaohebugaoxing mtnhbgx."""
    if not _is_read_in_one_way(title):
        return _keys(_readings(title))
    spoken, run = map("".join, _aloud(title))
    return spoken if spoken == run else f"{spoken} {run}"


@lru_cache(maxsize=KEPT)
def sounds(text: str) -> tuple[str, ...]:
    """Give what a text is filed under by ear: read on from each of its characters, in full and as initials.

    红楼梦 → hongloumeng loumeng meng hlm lm m, some perhaps twice, and nothing behind the last. Cut at
    `LONGEST_SOUND` and `LONGEST_RUN` letters.
    """
    read, initial = _aloud(text)
    others = () if _is_read_in_one_way(text) else _other_sounds(_readings(text))
    return (*_ends(read, LONGEST_SOUND), *_ends(initial, LONGEST_RUN), *others)


@lru_cache(maxsize=KEPT)
def _aloud(text: str) -> tuple[list[str], list[str]]:
    """Give the syllables of the most likely reading, and the initials of each."""
    read = list(filter(None, syllables(text)))
    return read, _initials(read)


def _ends(parts: Sequence[str], longest: int) -> list[str]:
    """Give what a text of some parts goes on with from the start of each, and the nothing behind the last."""
    whole = "".join(parts)
    starts = (
        range(len(parts)) if len(whole) == len(parts) else accumulate(map(len, parts), initial=0)
    )
    return [whole[at : at + longest] for at in starts]


def _other_sounds(readings: Sequence[Sequence[str]]) -> set[str]:
    """Read on from each character in the few ways in which its neighbours may be read."""
    runs = [_initials(choice) for choice in readings]
    return {
        "".join(reading)[:longest]
        for parts, longest in ((readings, LONGEST_SOUND), (runs, LONGEST_RUN))
        for start in range(len(parts))
        for reading in islice(product(*parts[start : start + LONGEST_RUN]), SOUNDS_FROM_A_START)
    }


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
def _readings(text: str) -> list[Sequence[str]]:
    """Give what each character of a text may be read as, the likeliest first; a Latin word counts as one."""
    units = chain.from_iterable([one] if one.isascii() else one for one in _tokens(text))
    return [_choice(*one) for one in zip(units, syllables(text), strict=True)]


def _is_read_in_one_way(text: str) -> bool:
    return _READ_IN_SEVERAL_WAYS.isdisjoint(plain(text))


def _tokens(text: str) -> Sequence[str]:
    found: list[str] = _TOKEN.findall(plain(text))
    return found


def _reading(token: str) -> tuple[str, ...]:
    if token.isascii():
        return (token,) if token else ()
    return tuple(chain.from_iterable(map(_word, _words(token))))


def _words(token: str) -> list[str]:
    """Part characters into words, each the longest that the dictionary has: what pypinyin's mmseg does, quicker."""
    words, beginnings = _dictionary()
    found: list[str] = []
    start, size = 0, len(token)
    while start < size:
        end, longest = start + 2, ""  # no word is of one character
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

    gc.collect()  # it goes through half a million new objects for a tenth of a second: now, not while the next one waits
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


def _choice(unit: str, syllable: str) -> Sequence[str]:
    """Give the readings of a character or of a Latin word, the likeliest first."""
    return (syllable, *ALSO_READ[unit]) if unit in ALSO_READ else (syllable,)


def _keys(choices: Iterable[Sequence[str]]) -> str:
    """Join what parts of a text may be read as; the syllables of one reading stand between blanks."""
    each = [choice if len(choice) == 1 else list(dict.fromkeys(choice)) for choice in choices]
    keys: dict[str, None] = {}
    for reading in islice(product(*each), MOST_READINGS):
        spoken = " ".join(reading).split()
        keys |= {"".join(spoken): None, "".join(_initials(spoken)): None}
    return " ".join(key for key in keys if key)


def _initials(spoken: Sequence[str]) -> list[str]:
    return [syllable if syllable.isdigit() else syllable[:1] for syllable in spoken]
