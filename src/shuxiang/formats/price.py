"""Prices of books as lists and title pages write them."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from shuxiang.formats import money, numerals
from shuxiang.formats.text import fold

YUAN = "CNY"
KEPT: Final = 4_096  # prices that are remembered: a list has few different ones

_NO_PRICE = frozenset(
    {"", "-", "/", "无", "无定价", "暂无", "不详", "nan", "none", "null", "非卖品", "赠阅", "免费"}
)
_FOREIGN = tuple(
    (re.compile(shape, re.IGNORECASE), code)
    for shape, code in (
        (r"(?<![A-Z])(?:NT(?![A-CE-RT-Z])|TWD)|[台臺][币幣]", "TWD"),
        (r"HK|港[币幣元圓]", "HKD"),
        (r"JPY|日[元圆圓]|円|税込|税抜|本体", "JPY"),
        (r"USD|US\$|美[元金圆]", "USD"),
        (r"GBP|£|英[镑鎊]", "GBP"),
        (r"EUR|€|[欧歐]元", "EUR"),
        (r"CAD|加元", "CAD"),
        (r"AUD|澳元", "AUD"),
        (r"SGD|S\$|新加坡", "SGD"),
        (r"MOP|澳[门門][币幣元]", "MOP"),
        (r"KRW|₩|[韩韓][元币幣]", "KRW"),
        (r"\$", "$"),  # some dollar, not said which
    )
)
_LABEL = re.compile(r"^(?:总?定价|价格|[单原书套]价|总价)\s*:?\s*")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_YUAN_MARK = re.compile(r"CNY|RMB|¥|人民币|[元圆圓]", re.IGNORECASE)
_SMALL_COIN = re.compile(r"(?:(\d+)[元块])?(?:(\d)[角毛])?(?:(\d)分)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TYPED_POINT = re.compile(r"(?<![\d.])(\d+)[、。,](\d{1,2})(?![\d.])")
_TIMES = re.compile(r"^(.+?)\s*[*×xX✕]\s*([\d.]+)\s*(?:[册本套]|$|=.*)")
_PARTING = re.compile(r"[/;,、]")
_UNIT = re.compile(r"每?[册本卷套部函盒]")
_AMOUNT = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)(?: ?每?[册本卷套部函盒])?")
_VOLUMES = re.compile(r"(?<![第\d.])(\d{1,3}|[一二两三四五六七八九十百]+)\s*[册卷本辑函盒集种]")
_SET_WORDS = re.compile(
    r"[全共]\s*(?:\d{1,3}|[一二两三四五六七八九十百]+)\s*[册卷本辑函盒集种]|[全整每一]套"
)
_FOR_SET = re.compile(r"全|共|套|上中?下|\d\s*/\s*\d+\s*[册卷本]")


class Doubt(StrEnum):
    """Why a person should look at a price before it is believed."""

    FOREIGN = "foreign"
    SEVERAL = "several"  # several different prices, the first is taken
    TYPED_POINT = "typed-point"  # 28、8: the input method's comma for the point
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Price:
    """A price as read: `amount` in yuan with two places and the same in `fen`; None when it can't be told.

    `text` is what was written, folded. `count` is the number of volumes or copies named beside it (1 when none);
    `is_for_set` tells that the amount is for all of them together, else it is for each. A foreign price
    has a `currency` (ISO 4217, `$` for an unnamed dollar) and no amount.
    """

    text: str
    amount: Decimal | None = None
    fen: int | None = None
    currency: str = ""
    count: int = 1
    is_for_set: bool = False
    doubt: Doubt | None = None


def read(raw: object) -> Price:
    """Read a price out of a cell: text, or a number as int, float or Decimal.

    CNY16.80, 28.80元, ￥, RMB, 定价：12.00, 1元2角, 16.8*2 (two at 16.80), 268.00(全2卷) (both for 268.00),
    23.00,23.00(精装). Never raises: what can't be read, or is above 999,999 yuan, has a doubt and no amount;
    blank and 非卖品 have neither.
    """
    exact = round(raw, 4) if isinstance(raw, float) else raw  # 0.30000000000000004
    return _read("" if exact is None else fold(str(exact)))


@lru_cache(maxsize=KEPT)
def _read(text: str) -> Price:
    if text.lower() in _NO_PRICE:
        return Price(text)
    foreign = next((code for shape, code in _FOREIGN if shape.search(text)), None)
    if foreign:
        return Price(text, currency=foreign, doubt=Doubt.FOREIGN)
    each, copies = _times(_main(text))
    amounts, doubt = _amounts(each)
    if not amounts:
        return Price(text, doubt=Doubt.UNREADABLE)
    return Price(
        text,
        amount=amounts[0],
        fen=money.to_fen(amounts[0]),
        currency=YUAN,
        count=copies or _volumes(text),
        is_for_set=copies is None and _FOR_SET.search(text) is not None,
        doubt=doubt or (Doubt.SEVERAL if len(set(amounts)) > 1 else None),
    )


def _main(text: str) -> str:
    """Take away labels, words of sets and what stands in brackets, unless all does."""
    bare = _BRACKETED.sub(" ", text).strip() or text.strip("()[]【】")
    return _SET_WORDS.sub(" ", _LABEL.sub("", bare)).strip()


def _times(main: str) -> tuple[str, int | None]:
    """Part 16.8*2 (also 2*16.8) into the price of one and the number of copies."""
    shape = _TIMES.fullmatch(main)
    if shape is None:
        return main, None
    each, copies = shape[1], shape[2]
    if "." in copies and each.isdigit():
        each, copies = copies, each
    return (each, int(copies)) if copies.isdigit() and int(copies) else (main, None)


def _amounts(main: str) -> tuple[list[Decimal], Doubt | None]:
    """Read the amounts of a text without brackets; none when any part of it can't be read."""
    coins = _SMALL_COIN.fullmatch(main.replace(" ", ""))
    if coins and (coins[2] or coins[3]):
        yuan, jiao, fen = (int(coin or 0) for coin in coins.groups())
        return [money.to_yuan(yuan * 100 + jiao * 10 + fen)], None
    plain = _THOUSANDS.sub("", _YUAN_MARK.sub("", main)).strip()
    pointed = _TYPED_POINT.sub(r"\1.\2", plain)
    pieces = [piece.strip() for piece in _PARTING.split(pointed)]
    shapes = [
        _AMOUNT.fullmatch(piece)
        for place, piece in enumerate(pieces)
        if not (place and (_UNIT.fullmatch(piece) or _VOLUMES.fullmatch(piece)))
    ]
    read_amounts = [_to_cent(shape[1]) for shape in shapes if shape]
    if len(read_amounts) < len(shapes):
        return [], None
    return read_amounts, None if pointed == plain else Doubt.TYPED_POINT


def _to_cent(amount: str) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _volumes(text: str) -> int:
    if "上中下" in text:
        return 3
    if "上下" in text:
        return 2
    shape = _VOLUMES.search(text)
    return (numerals.read(shape[1]) or 1) if shape else 1
