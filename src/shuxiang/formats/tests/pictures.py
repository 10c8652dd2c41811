"""Pictures for tests."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image


def a_picture(size: tuple[int, int] = (60, 90), kind: str = "PNG", **how: Any) -> bytes:
    """Draw a picture in one colour."""
    made = BytesIO()
    Image.new("RGB", size, "#7a9e7e").save(made, kind, **how)
    return made.getvalue()
