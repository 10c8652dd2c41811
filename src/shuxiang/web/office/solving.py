"""How far a solver is, as the pages of the rotation and of the roster show it."""

from __future__ import annotations

from django.http import HttpResponse

from shuxiang.platform.jobs.models import Proposed

WHOLE = 100
WORTH_SAYING = 0.5


def progress_of(proposal: Proposed) -> dict[str, object]:
    """Gather what the page shows while a solver looks."""
    report = proposal.job.report
    gap, has_best = report.get("gap", 1), bool(report.get("turns"))
    return {
        "report": report,
        "has_best": has_best,
        "percent": round(WHOLE * (1 - gap)),
        "full": WHOLE if has_best else "",
        "gap": gap_worth_saying(report),
        "note": "",
    }


def gap_worth_saying(report: dict[str, float]) -> str:
    """Write by how many percent it could be better at most; nothing while it is too early to say."""
    gap = report.get("gap", 1)
    return f"{WHOLE * gap:.1f}" if gap <= WORTH_SAYING else ""


def go_to(address: str) -> HttpResponse:
    """Have the page that watched go on to what came of it."""
    return HttpResponse(headers={"HX-Redirect": address})
