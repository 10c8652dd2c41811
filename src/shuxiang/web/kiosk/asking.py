"""What a kiosk's page asks for: a code, and by which card it was begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.utils.timezone import now as moment

from shuxiang.circulation.models import Kiosk
from shuxiang.circulation.queries import place_of_kiosk, reader_at_desk
from shuxiang.formats.text import TooLong, scan_code
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.queries import digest
from shuxiang.platform.schools.models import School
from shuxiang.readers.models import Reader
from shuxiang.web.access import Request, nonce_of

PASS_HOLDS = timedelta(minutes=30)
"""The page forgets a reader within seconds; a scan that had no answer may be sent again so late."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One scan at a kiosk."""

    kiosk: Kiosk
    now: datetime
    nonce: str
    content: str
    code: str
    reader: Reader | None
    """Whose card was scanned before, here and not long ago."""

    @property
    def school(self) -> School:
        school: School = self.kiosk.school
        return school

    def act(self) -> Act:
        """Write down that it was done at this device, by nobody of the staff."""
        return Act(
            by=None,
            now=self.now,
            place=place_of_kiosk(self.kiosk),
            nonce=self.nonce,
            content=self.content,
        )

    def is_card_of(self, reader: Reader) -> bool:
        """Tell whether the very card was scanned; a number or a name is no card."""
        try:
            return bool(reader.card) and scan_code(self.code) == scan_code(reader.card)
        except TooLong:
            return False


def read(request: Request, kiosk: Kiosk) -> Asked:
    """Read what was scanned, and for whom."""
    code, reader_pass = request.POST.get("code", ""), request.POST.get("reader", "")
    return Asked(
        kiosk=kiosk,
        now=moment(),
        nonce=nonce_of(request),
        content=digest(path=request.path, code=code, reader=reader_pass),
        code=code,
        reader=_reader(kiosk, reader_pass),
    )


def pass_of(kiosk: Kiosk, reader: Reader) -> str:
    """Give the page a proof that a reader's card was scanned here, which holds for a while."""
    return _signer().sign(f"{kiosk.pk}:{reader.pk}")


def _reader(kiosk: Kiosk, reader_pass: str) -> Reader | None:
    try:
        device, _, key = _signer().unsign(reader_pass, max_age=PASS_HOLDS).partition(":")
    except BadSignature:
        return None
    found = reader_at_desk(kiosk.school, int(key)) if device == str(kiosk.pk) else None
    return found[0] if found else None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="kiosk.reader")
