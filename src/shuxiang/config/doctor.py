"""Say what is wrong with this installation, and what to do."""

from __future__ import annotations

import argparse

from django.conf import settings
from django.utils.translation import gettext as _

from shuxiang import __version__
from shuxiang.config import checks
from shuxiang.platform.terminal import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `shuxiang doctor` understands: nothing but --help."""


def run(options: argparse.Namespace) -> int:
    """List what is wrong; 1 if anything is."""
    say(_("Shuxiang %(version)s, home %(home)s") % {"version": __version__, "home": settings.HOME})
    findings = list(checks.everything())
    for finding in findings:
        say(f"✗ {finding.words}")
    if not findings:
        say(_("✓ Nothing is wrong."))
    return 1 if findings else 0
