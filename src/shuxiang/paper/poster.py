"""The rules of the library on one sheet, for the wall (借阅规则海报)."""

from __future__ import annotations

from collections.abc import Sequence

from shuxiang.paper.press import Paper


def poster(
    parts: Sequence[tuple[str, Sequence[str]]], *, school: str, title: str, foot: str
) -> Paper:
    """Lay the rules out on one A3 sheet; the type is as large as the sheet allows."""
    return Paper(
        layout="poster",
        title=title,
        values={"school": school, "foot": foot},
        pages=[[{"heading": heading, "lines": list(lines)} for heading, lines in parts]],
    )
