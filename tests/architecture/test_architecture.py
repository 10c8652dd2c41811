"""What the import linter cannot see: keys and accessors between rooms, writes at the edges, doors."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from shuxiang.platform.accounts.roles import ROLES
from shuxiang.platform.schools.scoping import SchoolManager

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "shuxiang"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}
FLOORS = [
    [room.strip("() ") for room in layer.split("|")] for layer in CONTRACTS["floors"]["layers"]
][::-1]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
DOMAIN = {room for room in FLOOR_OF if FLOOR_OF["platform"] < FLOOR_OF[room] < FLOOR_OF["paper"]}
EDGES = ["web", "interop", "clockwork", "demo", "paper"]


def room_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("shuxiang.")]


def keys_between_rooms() -> Iterator[tuple[type[Model], Any, type[Model]]]:
    for model in our_models():
        for field in model._meta.get_fields():
            if not field.concrete or not (
                field.many_to_one or field.one_to_one or field.many_to_many
            ):
                continue
            target = field.related_model
            assert isinstance(target, type)
            if target.__module__.startswith("shuxiang.") and room_of(target) != room_of(model):
                yield model, field, target


def modules(folder: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts and "tests" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def at(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def listed(faults: list[str]) -> str:
    return "\n".join(["", *faults])


def test_foreign_keys_point_downstairs():
    upward = [
        f"{model._meta.label}.{field.name} -> {target._meta.label}"
        for model, field, target in keys_between_rooms()
        if FLOOR_OF[room_of(target)] >= FLOOR_OF[room_of(model)]
    ]
    assert not upward, listed(upward)


def accessors_from_upstairs() -> dict[str, set[str]]:
    """For each room, the names under which its rows know rows of the floors above."""
    found: dict[str, set[str]] = {room: set() for room in FLOOR_OF}
    for model, field, _target in keys_between_rooms():
        accessor = field.remote_field.get_accessor_name()
        for room, floor in FLOOR_OF.items():
            if accessor and floor < FLOOR_OF[room_of(model)]:
                found[room] |= {accessor, field.related_query_name()}
    return found


MANAGER = {"all", "filter", "exclude", "get", "first", "last", "count", "exists", "order_by"}
MANAGER |= {"values", "values_list", "select_related", "aggregate", "annotate", "create", "add"}


def names_used(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """What a manager hangs on, as in `copy.loans.all()`, and first words as in `loans__due_on`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGER:
            if isinstance(node.value, ast.Attribute):
                yield node, node.value.attr
        elif isinstance(node, ast.keyword) and node.arg and "__" in node.arg:
            yield node.value, node.arg.split("__")[0]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "__" in node.value:
            yield node, node.value.lstrip("-").split("__")[0]


def test_no_room_reads_what_hangs_on_its_rows_from_upstairs():
    glances = [
        f"{at(path, node)} {name}"
        for room, accessors in accessors_from_upstairs().items()
        for path, tree in modules(SOURCE / room)
        for node, name in names_used(tree)
        if name in accessors
    ]
    assert not glances, listed(glances)


ALWAYS_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate"}
WRITES_ON_A_TABLE = {"create", "update", "delete"}
WRITES_WITHOUT_A_PLACE = {"save", "delete"}  # a workbook or a storage is told where


def writes(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    name, chain = node.func.attr, ast.unparse(node.func.value)
    return (
        name in ALWAYS_WRITES
        or (name in WRITES_ON_A_TABLE and ".objects" in chain)
        or (name in WRITES_WITHOUT_A_PLACE and not node.args)
    )


@pytest.mark.parametrize("edge", EDGES)
def test_the_edges_never_write(edge):
    found = [
        f"{at(path, node)} {ast.unparse(node)[:60]}"
        for path, tree in modules(SOURCE / edge)
        for node in ast.walk(tree)
        if writes(node)
    ]
    assert not found, listed(found)


def views(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern)
        else:
            yield pattern


def test_every_view_says_who_may_open_it():
    silent = [
        f"{view.callback.__module__}.{view.callback.__name__}"
        for view in views(get_resolver())
        if not hasattr(view.callback, "access")
    ]
    assert not silent, listed(silent)


def permissions_asked_for() -> set[str]:
    asked = {getattr(view.callback, "access", "everyone") for view in views(get_resolver())}
    return asked - {"everyone"}


def test_every_permission_that_a_view_asks_for_is_given_to_a_role():
    assert permissions_asked_for() - frozenset().union(*ROLES.values()) == set()


def is_an_act_or_a_question(permission: str) -> bool:
    room, _, verb = permission.partition(".")
    for package in (f"shuxiang.{room}", f"shuxiang.platform.{room}"):
        for furniture in ("actions", "queries"):
            name = f"{package}.{furniture}"
            if find_spec(package) and find_spec(name) and hasattr(import_module(name), verb):
                return True
    return False


def test_every_permission_is_the_name_of_an_action_or_a_query():
    unknown = [
        permission
        for permission in sorted(frozenset().union(*ROLES.values()))
        if not is_an_act_or_a_question(permission)
    ]
    assert not unknown, listed(unknown)


REFUSAL = re.compile(r"(Reason|Refusal|Fault|Doubt|Trouble|Note|Correction|Oddity)$")


def is_refusal(node: ast.ClassDef) -> bool:
    codes = any(ast.unparse(base) == "StrEnum" for base in node.bases)
    return codes and REFUSAL.search(node.name) is not None


def refusals() -> Iterator[tuple[str, type[StrEnum]]]:
    """Every code that a person will want in words; codecs leave theirs to the rooms above."""
    for path, tree in modules(SOURCE):
        package = path.relative_to(SOURCE.parent).with_suffix("").parts
        if package[1] == "formats":
            continue
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and is_refusal(node):
                name = ".".join(part for part in package if part != "__init__")
                yield name, getattr(import_module(name), node.name)


def has_words(module: str, codes: type[StrEnum]) -> bool:
    parts = module.split(".")
    room = ".".join(parts[: 3 if parts[1] in {"platform", "interop", "web"} else 2])
    if not find_spec(f"{room}.wording"):
        return False
    tables = [
        table
        for table in vars(import_module(f"{room}.wording")).values()
        if hasattr(table, "keys") and not isinstance(table, type)
    ]
    return any(set(codes) <= set(table) for table in tables)


def test_every_refusal_has_its_words():
    silent = [
        f"{module}.{codes.__name__}" for module, codes in refusals() if not has_words(module, codes)
    ]
    assert not silent, listed(silent)


def test_a_row_of_a_school_is_asked_for_within_its_school():
    open_tables = [
        model._meta.label
        for model in our_models()
        for field in model._meta.get_fields()
        if field.name == "school"
        and field.concrete
        and not field.null
        and not isinstance(model._default_manager, SchoolManager)
    ]
    assert not open_tables, listed(open_tables)


def test_every_domain_room_stands_in_the_contract_of_furniture():
    rooms = {f"shuxiang.{room}" for room in DOMAIN if (SOURCE / room / "__init__.py").exists()}
    assert rooms == set(CONTRACTS["rooms"]["containers"])


def test_the_counters_in_the_contract_are_the_counters_there_are():
    counters = {
        f"shuxiang.web.{folder.name}"
        for folder in (SOURCE / "web").iterdir()
        if (folder / "urls.py").exists() and folder.name != "components"
    }
    assert counters == set(CONTRACTS["counters"]["modules"])


def test_every_catalogue_of_words_is_one_that_django_reads():
    read = {Path(path) for path in settings.LOCALE_PATHS}
    read |= {SOURCE.parent.joinpath(*name.split(".")) / "locale" for name in settings.ROOMS}
    unread = [str(path) for path in sorted(SOURCE.rglob("locale")) if path not in read]
    assert not unread, listed(unread)


LINES = {"function": 40, "view": 25, "module": 400, "template": 150}


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines that do something: a long list of named arguments is no long function."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or node.lineno) - body[0].lineno + 1


def limit_for(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    is_view = any(re.match(r"(may|everyone)\b", ast.unparse(mark)) for mark in node.decorator_list)
    return LINES["view" if is_view else "function"]


def too_long(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if text.count("\n") > LINES["module"]:
        yield f"{path.relative_to(ROOT)} has {text.count(chr(10))} lines"
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if length(node) > limit_for(node):
            yield f"{at(path, node)} {node.name} has {length(node)} lines"


def test_functions_and_modules_are_of_a_size_to_be_read():
    paths = sorted([*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
    long = [fault for path in paths if "migrations" not in path.parts for fault in too_long(path)]
    assert not long, listed(long)


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_templates_are_of_a_size_to_be_read():
    long = [name for name, text in templates() if text.count("\n") > LINES["template"]]
    assert not long, listed(long)


INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|=\s*["']?\s*javascript:"""
    r"""|<script(?![^>]*\bsrc=)(?![^>]*type="application/json")[^>]*>""",
    re.IGNORECASE,
)


def test_templates_hold_no_script_and_no_style():
    inline = [f"{name}: {found[0]}" for name, text in templates() if (found := INLINE.search(text))]
    assert not inline, listed(inline)
