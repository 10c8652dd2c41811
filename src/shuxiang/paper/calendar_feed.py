"""When a class comes, as a calendar that phones follow (iCalendar, RFC 5545)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from shuxiang.readers.models import SchoolClass
from shuxiang.readers.queries import class_name
from shuxiang.timetable.queries import Offered

OCTETS = 75
"""Longest line, without its break (RFC 5545, 3.1)."""
PRODUCT = "-//Shuxiang//Rotation//ZH"


def class_feed(
    school_class: SchoolClass, visits: Iterable[Offered], *, school_year: int, now: datetime
) -> bytes:
    """Write the visits of a class that take place; no pupil and no teacher is named.

    Each is an event of its own: what weeks are A and B, holidays and make-up days make of a
    rotation is no rule that calendars could repeat.
    """
    school = school_class.school
    title = _("%(name)s to the library") % {"name": class_name(school_class, school_year)}
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]
    place = _text(_("%(school)s library") % {"school": school.name})
    for one in visits:
        if one.takes_place:
            lines += _event(one, title=title, place=place, zone=ZoneInfo(school.zone), now=now)
    lines.append("END:VCALENDAR")
    return b"".join(part for line in lines for part in _folded(line))


def _event(one: Offered, *, title: str, place: str, zone: ZoneInfo, now: datetime) -> Iterator[str]:
    what = f"{title} · {one.slot.get_purpose_display()}"
    kind = "caught-up" if one.is_caught_up else "turn"
    name = uuid.uuid5(uuid.NAMESPACE_OID, f"shuxiang/{kind}/{one.turn.pk}/{one.slot.pk}/{one.on}")
    yield "BEGIN:VEVENT"
    yield f"UID:{name}"
    yield f"DTSTAMP:{_moment(now)}"
    yield f"DTSTART:{_moment(_at(one.on, one.hours[0], zone))}"
    yield f"DTEND:{_moment(_at(one.on, one.hours[1], zone))}"
    yield f"SUMMARY:{_text(what)}"
    yield f"LOCATION:{place}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Escape what has a meaning in a value (RFC 5545, 3.3.11)."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """Break a long line between characters, never within one."""
    room, part = OCTETS, b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > room:
            yield part + b"\r\n"
            part = b" "
        part += octets
    yield part + b"\r\n"
