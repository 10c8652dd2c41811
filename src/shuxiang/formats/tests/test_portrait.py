"""A photograph becomes a small portrait, and whatever is no photograph is refused."""

from io import BytesIO

import pytest
from PIL import Image

from shuxiang.formats import portrait as portraits
from shuxiang.formats.portrait import SIZE, NotAPicture, portrait
from shuxiang.formats.tests.pictures import a_picture

ORIENTATION, PLACE = 0x0112, 0x8825


def lying_on_its_side():
    """Half red, half blue, as a camera on its side writes it: red is meant to be on top."""
    made = Image.new("RGB", (400, 300), "blue")
    made.paste("red", (0, 0, 200, 300))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(PLACE)[1] = "N"
    file = BytesIO()
    made.save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.mark.parametrize("size", [(60, 90), (2000, 300), (1, 1)])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_every_picture_becomes_a_jpeg_of_one_size(size, kind):
    with Image.open(BytesIO(portrait(a_picture(size, kind)))) as made:
        assert (made.format, made.size, made.mode) == ("JPEG", SIZE, "RGB")


def test_it_stands_upright_and_says_nothing_of_the_camera():
    with Image.open(BytesIO(portrait(lying_on_its_side()))) as made:
        assert not made.getexif()
        red, _, blue = made.split()
        top, bottom = (120, 20), (120, 300)
        assert red.getpixel(top) == blue.getpixel(bottom) == pytest.approx(254, abs=4)
        assert red.getpixel(bottom) == blue.getpixel(top) == pytest.approx(0, abs=4)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html></html>",
        a_picture(kind="GIF"),
        a_picture((300, 300), "JPEG")[:400],
        a_picture((300, 300), "PNG")[:60],
    ],
)
def test_what_is_no_photograph_is_refused(content):
    with pytest.raises(NotAPicture):
        portrait(content)


def test_more_pixels_than_a_camera_has_are_refused_before_they_are_unpacked(monkeypatch):
    monkeypatch.setattr(portraits, "MOST_PIXELS", 60 * 90 - 1)
    with pytest.raises(NotAPicture):
        portrait(a_picture((60, 90)))
