"""Sums of money: whole fen (分) inside, yuan with two places outside."""

import re
from decimal import Decimal

from shuxiang.formats.text import fold

_SHAPE = re.compile(
    r"(?:¥|CNY|RMB|人民币)?\s*(-?\d{1,12}(?:\.\d{1,2})?)\s*(?:元|圆)?", re.IGNORECASE
)


class NotMoney(ValueError):
    """The text is no sum in yuan with at most two places."""


def to_text(fen: int) -> str:
    """Write fen as yuan with two places: 1250 → 12.50, -5 → -0.05."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan}.{rest:02d}"


def to_yuan(fen: int) -> Decimal:
    """Give fen as yuan, exactly, with two places."""
    return Decimal(to_text(fen))


def to_fen(yuan: Decimal) -> int:
    """Give yuan as whole fen.

    :raises NotMoney: the sum has a part of a fen, or is no number.
    """
    fen = yuan * 100
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise NotMoney(str(yuan))
    return int(fen)


def read(text: str) -> int:
    """Read what a person typed as a sum (12.5, ￥12.50, 12元, full-width digits) into fen.

    :raises NotMoney: anything else, also an empty text.
    """
    shape = _SHAPE.fullmatch(fold(text))
    if shape is None:
        raise NotMoney(text)
    return to_fen(Decimal(shape[1]))
