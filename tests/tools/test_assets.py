"""Third-party files are fetched once, and again when others are wanted."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("assets", ROOT / "tools" / "assets.py")
assert _spec
assert _spec.loader
assets = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(assets)


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    folder = tmp_path / "frontend"
    icons = folder / "node_modules" / assets.ICON_PACKAGE
    (icons / "icons" / "outline").mkdir(parents=True)
    (icons / "LICENSE").write_text("MIT")
    for name in ("book", "user"):
        (icons / "icons" / "outline" / f"{name}.svg").write_text(f"<svg>{name}</svg>")
    (folder / "icons.txt").write_text("book\n")
    (folder / "package-lock.json").write_text("{}")
    return folder


def test_only_what_is_named_is_copied_and_its_licence(frontend, tmp_path):
    vendor = tmp_path / "vendor"
    assets.copy_files(assets.page_files(frontend), frontend=frontend, folder=vendor)

    assert {path.name for path in vendor.rglob("*.*")} == {".stamp", "LICENSE.txt", "book.svg"}


def test_nothing_is_done_twice(frontend, tmp_path):
    vendor = tmp_path / "vendor"
    assets.copy_files(assets.page_files(frontend), frontend=frontend, folder=vendor)

    said = assets.build(assets.page_files(frontend), frontend=frontend, folder=vendor)
    assert said == "vendor is up to date."


def test_another_icon_makes_the_files_old(frontend, tmp_path):
    vendor = tmp_path / "vendor"
    assets.copy_files(assets.page_files(frontend), frontend=frontend, folder=vendor)
    (frontend / "icons.txt").write_text("book\nuser\n")

    assert not assets.is_up_to_date(assets.page_files(frontend), frontend=frontend, folder=vendor)


def test_a_name_that_no_package_has_is_told(frontend, tmp_path):
    (frontend / "icons.txt").write_text("unicorn\n")

    with pytest.raises(SystemExit, match="unicorn"):
        assets.copy_files(
            assets.page_files(frontend), frontend=frontend, folder=tmp_path / "vendor"
        )


def test_the_lock_names_no_registry():
    assert "http" not in (ROOT / "frontend" / "package-lock.json").read_text().replace(
        "https://github.com/sponsors", ""
    )


def test_paper_has_its_faces_and_their_licence_in_a_folder_that_git_ignores():
    assert {path.name for path in assets.FONTS.iterdir()} == {
        ".stamp",
        "LICENSE.txt",
        "NotoSansSC-Bold.ttf",
        "NotoSansSC-Regular.ttf",
    }
    assert str(assets.FONTS.relative_to(ROOT)) in (ROOT / ".gitignore").read_text()
