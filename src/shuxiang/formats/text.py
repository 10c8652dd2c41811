"""Text as people and machines type it, made plain."""

import unicodedata
from collections.abc import Callable, Collection
from functools import cache, lru_cache
from typing import Protocol

LONGEST_CODE = 64
KEPT = 8_192  # texts whose plain forms are remembered: authors and publishers come again and again

_CHINESE_PUNCTUATION = str.maketrans("", "", "，。、；：？！“”‘’「」『』（）《》〈〉【】…—·￥")
_KEPT_IN_KEYS = "+#"  # C, C++ and C# are three books


class _Table(dict[int, str | None]):
    """What becomes of each character; asked once of each, as there are a million."""

    def __init__(self, becomes: Callable[[str], str | None]) -> None:
        self._becomes = becomes

    def __missing__(self, code: int) -> str | None:
        self[code] = self._becomes(chr(code))
        return self[code]


def _seen(char: str) -> str | None:
    if char.isspace():
        return " "
    return None if unicodedata.category(char) in ("Cf", "Cc") else char


def _keyed(char: str) -> str | None:
    is_kept = char in _KEPT_IN_KEYS or unicodedata.category(char)[0] in ("L", "N", "M")
    return char if is_kept else None


_SEEN, _KEYED = _Table(_seen), _Table(_keyed)


class TooLong(ValueError):
    """The code is longer than any label can carry."""


class Converter(Protocol):
    """What turns traditional characters into simplified ones."""

    def convert(self, text: str) -> str: ...


@cache
def _to_simplified() -> Converter:
    import opencc  # noqa: PLC0415 - heavy, and not needed by most callers

    converter: Converter = opencc.OpenCC("t2s")
    return converter


def simplified(text: str) -> str:
    """Turn traditional characters into simplified ones (臺灣 → 台湾)."""
    return text if text.isascii() else _to_simplified().convert(text)


def fold(text: str) -> str:
    """Make full-width characters half-width (NFKC, UAX 15), drop invisible ones, collapse blanks.

    Invisible are zero-width and direction marks, a byte order mark and control characters.
    """
    half = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if not half.isprintable():  # nothing invisible and no blank but the plain one is printable
        half = half.translate(_SEEN)
    return " ".join(half.split())


@lru_cache(maxsize=KEPT)
def plain(text: str) -> str:
    """Give a text folded, in lower case and simplified: what all keys to search by are made of."""
    return simplified(fold(text).lower())


@lru_cache(maxsize=KEPT)
def match_key(text: str) -> str:
    """Give what two spellings of one title or name share: folded, lower case, simplified, bare.

    《三國演義．上冊》 and 三国演义 上册 have the same key. `+` and `#` stay. Empty for punctuation alone.
    """
    key = plain(text)
    return key if key.isalnum() else key.translate(_KEYED)


def scan_code(raw: str) -> str:
    """Make plain what a scanner, or a keyboard with a Chinese input method, sent as one code.

    Full-width becomes half-width, letters upper case (Caps Lock does no harm); blanks, Tab, CR, LF,
    control and invisible characters and Chinese punctuation vanish. May be empty.

    :raises TooLong: over 64 characters.
    """
    code = (raw if raw.isascii() and raw.isalnum() else _bare(raw)).upper()
    if len(code) > LONGEST_CODE:
        raise TooLong(len(code))
    return code


def _bare(raw: str) -> str:
    half = unicodedata.normalize("NFKC", raw.translate(_CHINESE_PUNCTUATION))
    return "".join(
        char
        for char in half.translate(_CHINESE_PUNCTUATION)
        if not char.isspace() and unicodedata.category(char)[0] != "C"
    )


def split_run_together(
    code: str, *, lengths: Collection[int], known: Callable[[str], bool]
) -> tuple[str, ...]:
    """Part two scans that arrived as one, if there is exactly one way to part them.

    `lengths` are the lengths that codes of the school have; `known` tells whether a code exists.
    A known code, and one that parts in no way or in several, comes back whole.
    """
    if known(code):
        return (code,)
    partings = [
        (code[:cut], code[cut:])
        for cut in sorted(set(lengths))
        if cut < len(code)
        and len(code) - cut in lengths
        and known(code[:cut])
        and known(code[cut:])
    ]
    return partings[0] if len(partings) == 1 else (code,)
