from __future__ import annotations

from collections.abc import Iterator

import pytest
from django_scopes import scope

from shuxiang.circulation.tests.factories import Library, a_library
from shuxiang.platform.numbers.actions import take_barcodes
from shuxiang.platform.numbers.models import Barcode


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = settings.HOME / "files"
    settings.HOME.mkdir()
    return settings.HOME


def a_whole_library(*, pupils: int = 3, copies: int = 4) -> Library:
    """Set a library up in which every record agrees with the others."""
    made = a_library(pupils=pupils, copies=copies)
    with scope(school=made.school):
        cards = [pupil.card for pupil in made.pupils]
        take_barcodes(school=made.school, codes=cards, kind=Barcode.Kind.READER)
    return made


@pytest.fixture
def library(db: None, home) -> Iterator[Library]:
    made = a_whole_library()
    with scope(school=made.school):
        yield made
