"""Colours, durations and sizes are told once, and every file can still be read at one go."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shuxiang.web.components.tests.test_covers import contrast

STATIC = Path(__file__).parents[2] / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
OTHERS = [sheet for sheet in SHEETS if sheet.name != "tokens.css"]
TEXT = ["ink", "ink-2", "ink-3", "seal-ink", "pine-ink", "amber-ink", "indigo-ink"]
PAIRS = [(text, ground) for text in TEXT for ground in ("paper", "surface", "sunken")]
PAIRS += [(f"{tone}-ink", f"{tone}-soft") for tone in ("seal", "pine", "amber", "indigo")]
PAIRS += [(f"on-{tone}", tone) for tone in ("ink", "seal", "pine", "amber", "indigo")]
PAIRS += [("ink", f"g{grade}-soft") for grade in range(7)]
PAIRS += [("ink-2", f"g{grade}-soft") for grade in range(7)]


def names(sheet: Path) -> str:
    return sheet.name


def without_comments(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)


def colours(light: str) -> dict[str, str]:
    text = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    block = text.split(f'[data-theme="{light}"] {{', 1)[1].split("}", 1)[0]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))
    return {name: _long(colour) for name, colour in found.items()}


def _long(colour: str) -> str:
    return colour if len(colour) > 4 else "#" + "".join(part * 2 for part in colour[1:])


@pytest.mark.parametrize("sheet", OTHERS, ids=names)
def test_only_the_tokens_know_a_colour(sheet):
    assert (
        re.findall(r"#[0-9a-fA-F]{3,8}\b(?![\w-]*\s*\{)|\b(?:rgb|hsl)a?\(", without_comments(sheet))
        == []
    )


@pytest.mark.parametrize("sheet", OTHERS, ids=names)
def test_only_the_tokens_know_a_duration(sheet):
    assert re.findall(r"[\d.]m?s\b", without_comments(sheet)) == []


@pytest.mark.parametrize("sheet", OTHERS, ids=names)
def test_what_is_used_is_a_token_or_said_in_the_same_sheet(sheet):
    text = without_comments(sheet)
    said = set(re.findall(r"--([\w-]+)\s*:", text + without_comments(STATIC / "css/tokens.css")))

    assert set(re.findall(r"var\(--([\w-]+)\)", text)) - said == set()


@pytest.mark.parametrize("sheet", [*SHEETS, *sorted((STATIC / "js").glob("*.js"))], ids=names)
def test_no_file_is_longer_than_four_hundred_lines(sheet):
    assert len(sheet.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_by_day_and_by_night(light, text, ground):
    known = colours(light)

    assert contrast(known[text], known[ground]) >= 4.5
