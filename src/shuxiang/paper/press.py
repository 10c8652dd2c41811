"""The press: pages that are laid out become a PDF, or a picture of the first of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from shuxiang.paper.faces import FOLDER, has, missing_faces
from shuxiang.platform.jobs.child import run_limited

LAYOUTS = Path(__file__).parent / "layouts"
MEGABYTES = 2_048
SECONDS = 60
PICTURE_PPI = 110

Format = Literal["pdf", "png"]


class FacesMissing(Exception):
    """The typefaces that paper is set in are not installed."""


class NotPrinted(Exception):
    """The page could not be set; this is a fault of the program."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Pages ready for the press: what a layout draws. All text goes in as values, never as markup."""

    layout: str
    title: str
    values: Mapping[str, Any]
    pages: Sequence[Sequence[Mapping[str, Any]]]

    def text(self) -> str:
        """Give it as the layout reads it."""
        return json.dumps(
            {**self.values, "title": self.title, "pages": self.pages}, ensure_ascii=False
        )


def print_pdf(paper: Paper) -> bytes:
    """Print all pages, in a process of its own that gives its memory back.

    :raises FacesMissing: if the program was installed without its typefaces
    """
    return _print(paper, "pdf")


def picture(paper: Paper) -> bytes:
    """Draw the first page alone, as PNG.

    :raises FacesMissing: if the program was installed without its typefaces
    """
    return _print(replace(paper, pages=paper.pages[:1]), "png")


def _print(paper: Paper, form: Format) -> bytes:
    if missing := missing_faces():
        raise FacesMissing(", ".join(missing))
    printed: bytes = run_limited(
        set_pages, (paper.layout, paper.text(), form), megabytes=MEGABYTES, seconds=SECONDS
    )
    return printed


def set_pages(
    layout: str,
    text: str,
    form: Format,
    *,
    ppi: int = PICTURE_PPI,
    tell: Callable[[int], None] | None = None,
) -> bytes:
    """Set pages in this process; `tell` is the child's way to say how far it is, and not needed.

    :raises NotPrinted: if typst finds a fault in the layout
    """
    import typst  # noqa: PLC0415 - only who prints needs it

    faces = typst.Fonts(include_system_fonts=not has(text), font_paths=[str(FOLDER)])
    try:
        return typst.compile(
            str(LAYOUTS / f"{layout}.typ"),
            root=str(LAYOUTS),
            font_paths=faces,
            ignore_system_fonts=True,
            format=form,
            ppi=ppi,
            pdf_tags=False,  # to be cut up, not read aloud; a fifth of the size
            sys_inputs={"paper": text},
        )
    except typst.TypstError as fault:
        raise NotPrinted(str(fault)) from fault
