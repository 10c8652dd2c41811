"""Which devices readers may lend and return at by themselves. Reads only."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django_scopes import scopes_disabled

from shuxiang.circulation.models import Kiosk
from shuxiang.platform.schools.models import School

KIOSK = "kiosk"


def fingerprint(token: str) -> str:
    """Make what is kept of a token: it is long and random, so one plain hash hides it."""
    return hashlib.sha256(token.encode()).hexdigest()


def kiosk_of(token: str) -> Kiosk | None:
    """Find the device that has a token; only this tells whose school it stands in."""
    if not token:
        return None
    with scopes_disabled():
        return (
            Kiosk.objects.filter(fingerprint=fingerprint(token), taken_back_at=None)
            .select_related("school")
            .first()
        )


def see_kiosks(school: School) -> list[Kiosk]:
    """List the devices that are enrolled, by name."""
    enrolled = Kiosk.objects.filter(school=school, taken_back_at=None)
    return list(enrolled.select_related("enrolled_by").order_by("name", "id"))


def place_of_kiosk(kiosk: Kiosk) -> str:
    """Name the place of what is done at a kiosk."""
    return f"{KIOSK} {kiosk.pk}"


def kiosk_names(school: School, places: Iterable[str]) -> dict[str, str]:
    """Name the kiosks among some places, also those taken back since."""
    keys = [place.partition(" ")[2] for place in places if place.startswith(f"{KIOSK} ")]
    if not keys:
        return {}
    kiosks = Kiosk.objects.filter(school=school, pk__in=keys)
    return {place_of_kiosk(kiosk): kiosk.name for kiosk in kiosks}
