"""How readers and their classes are called on the screen and on paper."""

from __future__ import annotations

from shuxiang.formats import classname

STAGE_MARKS = {"primary": "", "junior": "初", "senior": "高"}


def class_name(*, grade: int | None, stage: str, cohort: int, mark: str) -> str:
    """Write 三年级2班 while the class is at school, and 2018级2班 (高2018级2班) before and after."""
    if grade is not None:
        return classname.class_name(grade, mark)
    return f"{STAGE_MARKS[stage]}{cohort}级{mark}班" if mark else f"{STAGE_MARKS[stage]}{cohort}级"
