"""A string without its Chinese is found, and so is Chinese that nothing shows."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

CATALOGUE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Lend"
msgstr "借出"
"""
MODULE = 'from django.utils.translation import gettext as _\n_("Lend")\n'


@pytest.fixture
def words(monkeypatch, tmp_path):
    """The tool, looking at a source tree of one room."""
    spec = importlib.util.spec_from_file_location("words", ROOT / "tools" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "words", tool)
    spec.loader.exec_module(tool)
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "SOURCE", tmp_path / "src")
    write(tmp_path, "room/apps.py", "")
    write(tmp_path, "room/page.py", MODULE)
    write(tmp_path, "room/locale/zh_Hans/LC_MESSAGES/django.po", CATALOGUE)
    return tool


def write(root, name, text):
    path = root / "src" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_complete_catalogue_is_good(words, capsys):
    assert words.main(["check"]) == 0


FAULTS = [
    ("room/page.py", MODULE + '_("Return")\n', "'Return': not translated"),
    ("room/templates/a.html", '{% translate "Return" %}', "'Return': not translated"),
    ("room/templates/a.html", "{% blocktranslate trimmed %}Bring {{ it }}{% endblocktranslate %}",
     "'Bring %(it)s': not translated"),
    ("room/page.py", "", "'Lend': shown nowhere"),
    ("room/locale/zh_Hans/LC_MESSAGES/django.po", CATALOGUE.replace("借出", ""), "'Lend': empty"),
    ("room/locale/zh_Hans/LC_MESSAGES/django.po",
     CATALOGUE.replace('msgid "Lend"', '#, fuzzy\nmsgid "Lend"'), "'Lend': marked fuzzy"),
    ("other/locale/zh_Hans/LC_MESSAGES/django.po", CATALOGUE.replace("借出", "外借"),
     "'Lend': said in several ways"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "fault"), FAULTS)
def test_a_fault_is_told(words, tmp_path, capsys, name, text, fault):
    write(tmp_path, name, text)

    assert words.main(["check"]) == 1

    assert fault in capsys.readouterr().out


def test_a_named_place_must_not_get_lost(words, tmp_path, capsys):
    write(tmp_path, "room/page.py", MODULE + '_("%(n)s books")\n')
    entry = '\nmsgid "%(n)s books"\nmsgstr "几本书"\n'
    write(tmp_path, "room/locale/zh_Hans/LC_MESSAGES/django.po", CATALOGUE + entry)

    assert words.main(["check"]) == 1

    assert "a place is lost" in capsys.readouterr().out


def test_what_is_collected_and_translated_is_compiled(words, tmp_path, capsys):
    write(tmp_path, "room/page.py", MODULE + '_("Return")\n')

    words.main(["collect"])
    words.main(["compile"])

    catalogue = tmp_path / "src" / "room" / words.CATALOGUE
    text = catalogue.read_text(encoding="utf-8")
    assert 'msgid "Return"\nmsgstr ""' in text
    assert "借出" in text
    assert catalogue.with_suffix(".mo").exists()
