"""What may not be committed: others' files, registries' addresses, one machine's paths, half a merge."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDORED = re.compile(
    r"\.min\.(js|css)$|\.(woff2?|ttf|otf|whl|tgz|jar)$|(^|/)(node_modules|vendor)/", re.IGNORECASE
)
LOCKS = re.compile(
    r"(^|/)(requirements/.*\.(txt|in)|package(-lock)?\.json|\.npmrc|pyproject\.toml)$"
)
REGISTRY = re.compile(
    r"https?://[^\s\"']*(pypi|npm|mirror|simple|registry|index)[^\s\"']*|\"resolved\""
)
OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(work|root|home/\w+)/\w")
HALF_MERGED = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)


def main() -> int:
    """Print every fault of the committed tree; 1 if there is one."""
    faults = list(look())
    for fault in faults:
        print(fault)
    print(f"tree: {len(faults)} faults." if faults else "tree: nothing that is not ours.")
    return 1 if faults else 0


def look() -> Iterator[str]:
    """Yield what does not belong into the tree."""
    for name in committed():
        if VENDORED.search(name):
            yield f"{name}: another project's file; bring it at build time"
            continue
        text = (ROOT / name).read_bytes().decode("utf-8", "replace")
        if LOCKS.search(name) and (found := REGISTRY.search(text)):
            yield f"{name}: names a registry: {found[0][:60]}"
        if (found := OF_ONE_MACHINE.search(text)) and name != "tools/tree.py":
            yield f"{name}: a path of one machine: {found[0]}"
        if HALF_MERGED.search(text):
            yield f"{name}: two versions stand side by side since a merge"


def committed() -> list[str]:
    """List the files that git keeps and that are there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


if __name__ == "__main__":
    sys.exit(main())
