"""Chinese numerals of classes, volumes and sets."""

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_WRITTEN = "零一二三四五六七八九"
_SHAPE = re.compile(
    r"(?:([一二两三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十))?([一二两三四五六七八九])?"
)


def read(text: str) -> int | None:
    """Read 12, 十二, 二十, 四十八 or 一百零三 (1 to 999), or tell None."""
    if text.isascii() and text.isdigit():
        return int(text) if 0 < int(text) <= 999 else None  # noqa: PLR2004 - three digits
    shape = _SHAPE.fullmatch(text)
    if shape is None or not text:
        return None
    hundreds, tens, ten, ones = shape.groups()
    return (
        _DIGITS.get(hundreds or "零", 0) * 100
        + (_DIGITS[tens] if tens else bool(ten)) * 10
        + _DIGITS[ones or "零"]
    )


def write(number: int) -> str:
    """Write 1 to 99 as 一 … 九十九.

    :raises ValueError: outside 1 to 99.
    """
    if not 1 <= number <= 99:  # noqa: PLR2004 - two digits
        raise ValueError(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_WRITTEN[tens]}十"
    return head + (_WRITTEN[ones] if ones else "")
