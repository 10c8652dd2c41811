"""The command `shuxiang`: finds the named part of the house and lets it speak."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import django
from django.conf import settings
from django.db.utils import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import activate, gettext_lazy
from django.utils.translation import gettext as _

from shuxiang import __version__
from shuxiang.config import home
from shuxiang.platform.database.base import DatabaseBusy, JournalRefused
from shuxiang.platform.database.neighbours import announced
from shuxiang.platform.terminal import CommandFailed, complain

INTERRUPTED = 130  # what a shell expects after Ctrl-C
UNFORESEEN = 70


@dataclass(frozen=True)
class Command:
    """One word after `shuxiang`: the module that does it, and what it does."""

    module: str
    summary: Promise
    uses_home: bool = True
    prepares: bool = True  # makes or renews the tables first


COMMANDS = {
    "serve": Command("shuxiang.config.serve", gettext_lazy("Open the library to browsers")),
    "doctor": Command(
        "shuxiang.config.doctor",
        gettext_lazy("Say what is wrong, and what to do"),
        uses_home=False,
    ),
    "demo": Command("shuxiang.demo.command", gettext_lazy("Build a believable school to try")),
    "import-books": Command(
        "shuxiang.interop.excel.commands.import_books",
        gettext_lazy("Take in books from Excel or CSV"),
    ),
    "import-readers": Command(
        "shuxiang.interop.excel.commands.import_readers",
        gettext_lazy("Take in readers from Excel or CSV"),
    ),
    "backup": Command(
        "shuxiang.clockwork.commands.backup", gettext_lazy("Back everything up, and verify it")
    ),
    "restore": Command(
        "shuxiang.clockwork.commands.restore",
        gettext_lazy("Go back to a backup file"),
        prepares=False,
    ),
    "check-data": Command(
        "shuxiang.clockwork.commands.check_data",
        gettext_lazy("Check that every record agrees with the others"),
    ),
}


# What argparse says by itself, for the catalogue of words.
ARGPARSE_WORDS = (
    gettext_lazy("usage: "),
    gettext_lazy("positional arguments"),
    gettext_lazy("options"),
    gettext_lazy("show this help message and exit"),
    gettext_lazy("the following arguments are required: %s"),
    gettext_lazy("unrecognized arguments: %s"),
    gettext_lazy("expected one argument"),
    gettext_lazy("argument %(argument_name)s: %(message)s"),
    gettext_lazy("invalid %(type)s value: %(value)r"),
    gettext_lazy("invalid choice: %(value)r (choose from %(choices)s)"),
)
argparse._ = _  # type: ignore[attr-defined]  # it asks the standard library for words otherwise


class Parser(argparse.ArgumentParser):
    """Says in the person's language what it cannot understand."""

    def error(self, message: str) -> NoReturn:
        raise CommandFailed(f"{message}\n{self.format_usage()}".rstrip(), code=2)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its number says how it ended: 0 well, 1 refused, 2 cannot be read."""
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    os.umask(0o077)  # what is in the home is for its owner alone
    django.setup()
    activate(language(os.environ))
    try:
        return _run(words)
    except CommandFailed as failed:
        complain(str(failed))
        return failed.code
    except KeyboardInterrupt:
        complain(_("Stopped. What was confirmed before stays recorded."))
        return INTERRUPTED
    except Exception as error:
        if words_of_disk := storage_words(error):
            complain(words_of_disk)
            return 1
        logging.getLogger("shuxiang").exception("shuxiang %s", " ".join(words))
        complain(_("Something unforeseen happened; the lines above say where. Please report it."))
        return UNFORESEEN


def language(environ: Any) -> str:
    """Choose the terminal's language: Chinese, unless the person's system speaks English."""
    chosen = environ.get("SHUXIANG_LANGUAGE") or environ.get("LC_ALL") or environ.get("LANG") or ""
    return "en" if chosen.lower().startswith("en") else "zh-hans"


def _run(words: list[str]) -> int:
    parser = _parser()
    if not words or words[0].startswith("-"):
        parser.parse_args(words)
        parser.print_help()
        return 0
    name, command = words[0], COMMANDS.get(words[0])
    if command is None:
        raise CommandFailed(
            _("There is no command “%(name)s”. These are: %(known)s.")
            % {"name": name, "known": ", ".join(COMMANDS)},
            code=2,
        )
    module = import_module(command.module)
    options = _own_parser(name, command, module).parse_args(words[1:])
    if not command.uses_home:
        return int(module.run(options))
    if unfit := home.unfit(settings.HOME):
        raise CommandFailed(unfit)
    home.furnish(settings.HOME)
    with _announced(name):
        if command.prepares:
            import_module("shuxiang.config.opening").prepare()  # knows models: after setup
        return int(module.run(options))


def _announced(name: str) -> AbstractContextManager[None]:
    database = settings.DATABASES["default"]
    if not database["ENGINE"].startswith("shuxiang."):
        return nullcontext()
    Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    return announced(database["NAME"], as_=f"shuxiang {name}")


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="shuxiang",
        usage=_("shuxiang COMMAND [-h] …"),
        description=_("Shuxiang 书香: a library system for Chinese primary and secondary schools"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(
            [
                _("Commands:"),
                *(f"  {name:<16}{command.summary}" for name, command in COMMANDS.items()),
                "",
                _("More about one: shuxiang COMMAND --help"),
            ]
        ),
    )
    parser.add_argument(
        "--version", action="version", version=__version__, help=_("Tell the version")
    )
    return parser


def _own_parser(name: str, command: Command, module: ModuleType) -> argparse.ArgumentParser:
    parser = Parser(prog=f"shuxiang {name}", description=str(command.summary))
    module.arguments(parser)
    return parser


def storage_words(error: Exception) -> str | None:
    """Say what the disk or the database refused; None for what nobody foresaw."""
    said = str(error)
    if isinstance(error, DatabaseBusy | JournalRefused):
        return said
    if not isinstance(error, DatabaseError):
        return None
    if "disk is full" in said:
        return _("The disk is full. Nothing was recorded. Make room and try again.")
    if "malformed" in said or "not a database" in said:
        from shuxiang.platform.backup.queries import file_to_restore  # noqa: PLC0415  (knows models)

        return _(
            "The database is damaged. Bring back the last good backup: shuxiang restore %(backup)s"
        ) % {"backup": file_to_restore()}
    if "readonly" in said or "unable to open" in said:
        return _("The database cannot be written: %(error)s. Nothing was recorded.") % {
            "error": said
        }
    return None


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
