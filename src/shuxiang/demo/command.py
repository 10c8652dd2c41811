"""The command `shuxiang demo`."""

from __future__ import annotations

import argparse
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from shuxiang.demo import log_ins
from shuxiang.demo.build import NotEmpty, build
from shuxiang.demo.stage import ZONE
from shuxiang.platform.schools.models import School
from shuxiang.platform.terminal import Bar, CommandFailed, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `shuxiang demo` understands."""
    parser.add_argument("--seed", type=int, default=1, help=_("Another number, other names"))
    parser.add_argument(
        "--at",
        type=datetime.fromisoformat,
        help=_("The moment at which the story stops, such as 2026-11-23T10:20"),
    )
    parser.add_argument("--days", type=int, help=_("Live through the last so many days only"))


def run(options: argparse.Namespace) -> int:
    """Build the demo school in an empty home; a demo that is there already stays."""
    at = options.at.replace(tzinfo=ZONE) if options.at else timezone.now()
    if School.objects.filter(is_demo=True).exists():
        say(_("The demo school is here already."))
        return 0
    try:
        bar = Bar(_("A term and a half"))
        school = build(seed=options.seed, at=at, progress=bar.show, days=options.days)
    except NotEmpty as there:
        raise CommandFailed(
            _("This home has a real school. The demo needs an empty one: set SHUXIANG_HOME.")
        ) from there
    say(_("%(school)s is ready.") % {"school": school.name})
    for line in log_ins.lines():
        say(line)
    return 0
