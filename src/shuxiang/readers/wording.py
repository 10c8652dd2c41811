"""How readers and their classes are called on the screen and on paper."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuxiang.formats import classname
from shuxiang.readers.rules import PinStanding

INVARIANTS = {
    "readers.card_not_registered": _(
        "%(count)s cards are not in the register of barcodes: %(examples)s."
    ),
    "readers.card_of_nobody": _(
        "%(count)s barcodes are kept for cards that no reader has: %(examples)s."
    ),
    "readers.in_two_classes": _("%(count)s readers are in two classes on one day: %(examples)s."),
    "readers.in_class_after_leaving": _(
        "%(count)s readers are in a class after their last day: %(examples)s."
    ),
    "readers.of_another_school": _(
        "%(count)s rows of readers hang on another school's: %(examples)s."
    ),
    "readers.photo_without_consent": _(
        "%(count)s photographs are kept though no consent is on record: %(examples)s."
    ),
}
PINS = {
    PinStanding.NONE: _("No PIN yet"),
    PinStanding.GIVEN: _("Has a slip, not signed in yet"),
    PinStanding.OWN: _("Has chosen an own PIN"),
    PinStanding.BY_PASSWORD: _("Signs in with a user name and a password"),
    PinStanding.HAS_POST: _("Helps in the library: signs in with a user name and a password"),
    PinStanding.NO_CARD: _("Give a card or a number first"),
    PinStanding.NO_PUPIL: _("Only pupils sign in with a PIN"),
}
STAGE_MARKS = {"primary": "", "junior": "初", "senior": "高"}


def class_name(*, grade: int | None, stage: str, cohort: int, mark: str) -> str:
    """Write 三年级2班 while the class is at school, and 2018级2班 (高2018级2班) before and after."""
    if grade is not None:
        return classname.class_name(grade, mark)
    return f"{STAGE_MARKS[stage]}{cohort}级{mark}班" if mark else f"{STAGE_MARKS[stage]}{cohort}级"
