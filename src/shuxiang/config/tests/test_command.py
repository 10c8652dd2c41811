"""The command speaks the person's language and says by its number how it ended."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from django.db.utils import DatabaseError, OperationalError
from django.utils.translation import override

from shuxiang.config import command, home


@pytest.fixture(autouse=True)
def own_home(monkeypatch, tmp_path, settings):
    settings.HOME = tmp_path
    monkeypatch.setenv("SHUXIANG_LANGUAGE", "en")
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh-hans"),
        ({"LANG": "C.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "SHUXIANG_LANGUAGE": "zh-hans"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
    ],
)
def test_chinese_unless_the_system_speaks_english(environ, language):
    assert command.language(environ) == language


def test_an_unknown_word_is_told_with_those_that_are_known(capsys):
    assert command.main(["serv"]) == 2
    assert "serve, doctor" in capsys.readouterr().err


def test_an_unknown_option_is_told_with_the_usage(capsys):
    assert command.main(["serve", "--prot", "1"]) == 2
    said = capsys.readouterr().err
    assert "--prot" in said
    assert "--port PORT" in said


@pytest.mark.parametrize("name", command.COMMANDS)
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as left:
        command.main([name, "--help"])
    assert left.value.code == 0
    assert f"shuxiang {name}" in capsys.readouterr().out
    assert find_spec(command.COMMANDS[name].module)


def test_a_home_inside_the_program_is_refused(monkeypatch, tmp_path, capsys):
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(home, "CHECKOUT", tmp_path)

    assert command.main(["serve"]) == 1

    assert "SHUXIANG_HOME" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("database or disk is full", "The disk is full. Nothing was recorded."),
        ("attempt to write a readonly database", "cannot be written"),
        ("unable to open database file", "cannot be written"),
        ("database disk image is malformed", "is damaged"),
    ],
)
def test_a_disk_that_refuses_is_told_in_plain_words(error, words):
    assert words in (command.storage_words(OperationalError(error)) or "")


def test_what_nobody_foresaw_is_not_explained_away():
    assert command.storage_words(DatabaseError("no such table: readers")) is None
    assert command.storage_words(ZeroDivisionError("disk is full")) is None
