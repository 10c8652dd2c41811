"""Words of the screen: compile the catalogues, and check that every string has its Chinese.

python tools/words.py compile   make .mo files
python tools/words.py check     fail if a string is missing, unsure, unused or said two ways
python tools/words.py collect [FOLDER]   write what is missing, empty, into its catalogues
"""

from __future__ import annotations

import ast
import io
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "shuxiang"
CATALOGUE = Path("locale") / "zh_Hans" / "LC_MESSAGES" / "django.po"
FALLBACK = SOURCE / "config"  # for packages that are no app of Django's

HEADER = """\
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

ONE, MANY = (1,), (1, 2)
IN_CONTEXT, MANY_IN_CONTEXT = ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": ONE,
    "gettext": ONE,
    "gettext_lazy": ONE,
    "gettext_noop": ONE,
    "ngettext": MANY,
    "ngettext_lazy": MANY,
    "pgettext": IN_CONTEXT,
    "pgettext_lazy": IN_CONTEXT,
    "npgettext": MANY_IN_CONTEXT,
    "npgettext_lazy": MANY_IN_CONTEXT,
}
LITERAL = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")

Key = tuple[str, str]  # context, English


@dataclass(frozen=True)
class Use:
    """One place where a string is shown."""

    key: Key
    plural: str
    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}: {self.key[1]!r}"


def main(words: list[str]) -> int:
    """Do what the first word says."""
    verb = words[0] if words else ""
    if verb == "compile":
        return compile_all()
    if verb == "collect":
        return collect(ROOT / words[1] if len(words) > 1 else SOURCE)
    if verb == "check":
        return check()
    print(__doc__)
    return 2


def compile_all() -> int:
    """Write a .mo beside every .po that is newer."""
    for path in catalogues():
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        draft = target.with_suffix(".mo.new")
        with draft.open("wb") as out:
            write_mo(out, read(path))
        draft.replace(target)
    print(f"words: {len(catalogues())} catalogues are compiled.")
    return 0


def check() -> int:
    """Print every fault of the catalogues; 1 if there is one."""
    faults = sorted({*missing(), *faulty_entries(), *said_two_ways()})
    for fault in faults:
        print(fault)
    print(f"words: {len(faults)} faults." if faults else "words: complete.")
    return 1 if faults else 0


def missing() -> Iterator[str]:
    """Yield the strings that have no Chinese, and the Chinese that nothing shows."""
    translated = {key for path in catalogues() for key, _message in entries(path)}
    shown = uses()
    for use in shown:
        if use.key not in translated:
            yield f"{use}: not translated"
    keys = {use.key for use in shown}
    for path in catalogues():
        for key, _message in entries(path):
            if key not in keys:
                yield f"{path.relative_to(ROOT)}: {key[1]!r}: shown nowhere"


def faulty_entries() -> Iterator[str]:
    """Yield what is empty, unsure, left over, or has lost a named place."""
    for path in catalogues():
        where = path.relative_to(ROOT)
        catalogue = read(path)
        if catalogue.obsolete:
            yield f"{where}: entries that are commented out: {len(catalogue.obsolete)}"
        for (_context, english), message in entries(path):
            chinese = texts_of(message)
            if not all(chinese):
                yield f"{where}: {english!r}: empty"
            elif message.fuzzy:
                yield f"{where}: {english!r}: marked fuzzy"
            elif (
                any(places(english) - places(text) for text in chinese) and not message.pluralizable
            ):
                yield f"{where}: {english!r}: a place is lost in {chinese[0]!r}"
            elif any(places(text) - places(str(message.id)) for text in chinese):
                yield f"{where}: {english!r}: a place too many in {chinese[0]!r}"


def texts_of(message: Message) -> list[str]:
    """List the Chinese of an entry: one text, or one for each plural form."""
    return (
        [message.string or ""] if isinstance(message.string, str) else list(message.string or [""])
    )


def said_two_ways() -> Iterator[str]:
    """Yield strings with two translations: which one is shown would be chance."""
    ways: dict[Key, dict[object, Path]] = defaultdict(dict)
    for path in catalogues():
        for key, message in entries(path):
            ways[key].setdefault(message.string, path)
    for (_context, english), found in ways.items():
        if len(found) > 1:
            there = ", ".join(f"{text!r} ({path.parents[3].name})" for text, path in found.items())
            yield f"{english!r}: said in several ways: {there}"


def collect(folder: Path) -> int:
    """Add what is missing to the catalogues under a folder, with nothing said yet."""
    translated = {key for path in catalogues() for key, _message in entries(path)}
    wanted: dict[Path, dict[Key, Use]] = defaultdict(dict)
    for use in uses():
        if use.key not in translated and owner(use.file).is_relative_to(folder):
            wanted[owner(use.file) / CATALOGUE].setdefault(use.key, use)
    for path, found in wanted.items():
        catalogue = read(path) if path.exists() else Catalog(locale="zh_Hans", fuzzy=False)
        for (context, english), use in found.items():
            name = (english, use.plural) if use.plural else english
            catalogue.add(name, context=context or None)
        write(path, catalogue)
        print(f"{path.relative_to(ROOT)}: {len(found)} to translate")
    return 0


def catalogues() -> list[Path]:
    """List all Chinese catalogues of the project."""
    return sorted(SOURCE.glob(f"**/{CATALOGUE.as_posix()}"))


def read(path: Path) -> Catalog:
    """Read one catalogue."""
    with path.open("rb") as source:
        return read_po(source, locale="zh_Hans")


def write(path: Path, catalogue: Catalog) -> None:
    """Write one catalogue, with a header that says no more than a reader needs."""
    text = io.BytesIO()
    write_po(text, catalogue, width=100, omit_header=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + text.getvalue().decode(), encoding="utf-8")


def entries(path: Path) -> Iterator[tuple[Key, Message]]:
    """Yield the strings of a catalogue, without its header."""
    for message in read(path):
        if message.id:
            english = message.id if isinstance(message.id, str) else message.id[0]
            yield (message.context or "", english), message


def uses() -> list[Use]:
    """Find every string that Python or a template shows."""
    found: list[Use] = []
    for path in sorted(SOURCE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            found.extend(in_python(path))
    for pattern in ("*.html", "*.txt"):
        for path in sorted(SOURCE.rglob(f"templates/**/{pattern}")):
            found.extend(in_template(path))
    return found


def in_python(path: Path) -> Iterator[Use]:
    """Find the strings of one module."""
    source = io.BytesIO(path.read_bytes())
    for line, words, _comments, said_in in extract("python", source, KEYWORDS):
        english, *plural = [words] if isinstance(words, str) else words
        yield Use((said_in or "", english), plural[0] if plural else "", path, line)


def in_template(path: Path) -> Iterator[Use]:
    """Find the strings of one template."""
    plain = templatize(path.read_text(encoding="utf-8"))
    for match in IN_TEMPLATE.finditer(plain):
        texts = list(ast.literal_eval(f"({match[2]},)"))
        said_in = texts.pop(0) if "p" in match[1] else ""
        line = plain.count("\n", 0, match.start()) + 1
        yield Use((said_in, texts[0]), texts[1] if len(texts) > 1 else "", path, line)


def owner(file: Path) -> Path:
    """Tell which package's catalogue a file's words belong to: the nearest app above it."""
    for folder in file.parents:
        if (folder / "locale").is_dir() or (folder / "apps.py").exists():
            return folder
        if folder == SOURCE:
            break
    return FALLBACK


def places(text: str) -> set[str]:
    """List the named places of a string."""
    return {match[0] for match in PLACE.finditer(text.replace("%%", ""))}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuxiang.config.settings")
    sys.exit(main(sys.argv[1:]))
