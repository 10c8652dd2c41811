"""How a notice is shown: to whom it went, of which class, by which way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shuxiang.circulation.models import Notice
from shuxiang.readers.queries import class_name


@dataclass(frozen=True, kw_only=True)
class ShownNotice:
    notice: Notice
    name: str


def shown_notices(notices: Iterable[Notice], school_year: int) -> list[ShownNotice]:
    """Name the class of each notice as it is called in a school year."""
    return [
        ShownNotice(
            notice=notice,
            name=class_name(notice.school_class, school_year)
            if notice.school_class
            else _("Teachers, staff and those who left"),
        )
        for notice in notices
    ]
