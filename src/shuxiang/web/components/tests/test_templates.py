"""What goes wrong in silence in a template, and what every template of the house may use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shuxiang.web.components import drawn, icons

WEB = Path(__file__).parents[2]
PROJECT = WEB.parents[2]
TEMPLATES = sorted(WEB.rglob("*.html"))
NAMED = re.compile(r"""\{%\s*icon\s+"([\w-]+)"|<c-icon[^>]*\sname="([\w-]+)"|\sicon="([\w-]+)\"""")
NO_ICON = {"none"}


def names(template: Path) -> str:
    return str(template.relative_to(WEB))


def icons_in(template: Path) -> set[str]:
    text = template.read_text(encoding="utf-8")
    return {name for match in NAMED.findall(text) for name in match if name}


@pytest.mark.parametrize("template", TEMPLATES, ids=names)
def test_an_attribute_with_a_colon_has_no_filter(template):
    """Cotton takes the whole for a variable's name and passes nothing on."""
    text = template.read_text(encoding="utf-8")

    assert re.findall(r'\s:[\w-]+="[^"{}\[\]()]*\|[^"]*"', text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=names)
def test_a_template_asks_for_icons_that_are_there(template):
    for name in icons_in(template) - NO_ICON:
        assert icons.shapes(name)


@pytest.mark.parametrize("name", sorted(set(drawn.KIND_ICONS.values())))
def test_every_state_has_its_shape(name):
    assert icons.shapes(name)


def test_a_missing_icon_is_told_where_to_add_it(settings):
    settings.DEBUG = True

    with pytest.raises(icons.IconMissing, match=r"frontend/icons\.txt"):
        icons.icon("unicorn")


@pytest.mark.parametrize("template", TEMPLATES, ids=names)
def test_no_template_carries_a_style_or_a_script(template):
    text = template.read_text(encoding="utf-8")

    assert (
        re.findall(r"\sstyle=|<style|<script(?![^>]*\ssrc=)(?![^>]*application/json)", text) == []
    )
