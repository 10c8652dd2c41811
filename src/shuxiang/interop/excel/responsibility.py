"""Statements of responsibility (责任说明) taken apart: who, from where, and what they did. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from shuxiang.catalogue.rules import NewContributor
from shuxiang.formats.text import fold

MOST = 12
KEPT = 8_192  # statements that are remembered: authors come again and again
_BARE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?<![编著译绘撰辑等文图注释校画影定写])")
_PARTING = re.compile(r"\s*[;；]\s*|\s+/\s+|\s*\|\s*")
_NAMES = re.compile(r"[,，、]\s*")
_COUNTRY = re.compile(r"[(（\[【〔](.{1,6}?)[)）\]】〕]\s*")
_ROLE = re.compile(
    r"(总主编|主编|编著|编写|编译|选编|编选|改编|编绘|绘著|著绘|文图|图文|原著|译注|校注|注释|点校|插图|绘画|摄影|审定|缩写|改写|[编著译绘撰辑]|(?<=\s)[文图画作写注校])$"
)
_BRACKETED_ROLE = re.compile(r"\s*[\[(（]([编著译绘]|主编|编著)[\])）]$")
_LATIN_ALIAS = re.compile(r"[(（][A-Za-z .·,'-]+[)）]")
_AND_OTHERS = re.compile(r"\s*[(（\[]?等[)）\]]?$")
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\s+[a-z]+(?:\s+[a-z]+)+(?![A-Za-z])\s*")
_SPACED_ROLE = re.compile(r"\s+(?=[编著译绘撰辑主]{1,2}$)")
_QUOTED = re.compile(r"《[^》]*》")


@lru_cache(maxsize=KEPT)
def read(statement: str) -> tuple[NewContributor, ...]:
    """Read `(美)怀特著 ; 任溶溶译`; a statement about a committee (《…》编委会编) stays whole."""
    if _BARE_NAME.fullmatch(statement):
        return (NewContributor(statement),)
    found: dict[str, NewContributor] = {}
    for piece in _PARTING.split(statement.strip()):
        for credit in _piece(piece):
            found.setdefault(credit.name, credit)
    return tuple(found.values())[:MOST]


def _piece(piece: str) -> Iterator[NewContributor]:
    plain = _PINYIN.sub(" ", _LATIN_ALIAS.sub("", piece)).strip()
    piece = _SPACED_ROLE.sub("", _BRACKETED_ROLE.sub(r"\1", plain))
    if not piece:
        return
    if _QUOTED.search(piece):
        role = _ROLE.search(piece)
        name = piece[: role.start()] if role else piece
        yield NewContributor(name.strip(), role[1] if role else "")
        return
    role = _ROLE.search(piece) if len(fold(piece)) > 2 else None  # noqa: PLR2004 - 文 may be a name
    names = piece[: role.start()] if role else piece
    country = ""
    for part in _NAMES.split(_AND_OTHERS.sub("", names.strip())):
        said = _COUNTRY.match(part)
        country = said[1] if said else country
        name = _AND_OTHERS.sub("", part[said.end() :] if said else part).strip()
        if name:
            yield NewContributor(name, role[1] if role else "", country if said else "")
