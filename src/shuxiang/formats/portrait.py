"""A photograph of a person as a small portrait: upright, of one size, without what the camera wrote into it."""

from __future__ import annotations

from io import BytesIO

SIZE = (240, 320)
"""Width and height in pixels."""
MOST_PIXELS = 40_000_000
KINDS = ("JPEG", "PNG")
_FACE = (0.5, 0.3)  # where a head stands in a photograph: in the middle, above the half
_QUALITY = 80


class NotAPicture(ValueError):
    """The bytes are no photograph that can be read."""


def portrait(picture: bytes) -> bytes:
    """
    Make a JPEG of `SIZE` of a JPEG or PNG: turned upright, cut around the head, without place and time.

    :raises NotAPicture: if it is neither, is broken, or has more than `MOST_PIXELS`
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - seldom needed

    try:
        with Image.open(BytesIO(picture), formats=KINDS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise NotAPicture
            found.draft("RGB", (2 * SIZE[0], 2 * SIZE[1]))
            upright = ImageOps.exif_transpose(found).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
        raise NotAPicture from broken
    small = ImageOps.fit(upright, SIZE, centering=_FACE)
    made = BytesIO()
    small.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()
