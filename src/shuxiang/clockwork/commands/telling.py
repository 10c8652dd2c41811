"""What a backup holds, in a line or two."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shuxiang.platform.backup.rules import Manifest


def contents(manifest: Manifest) -> str:
    """Name the schools of a backup and count what people ask for first."""
    counts = manifest.counts
    return _("%(schools)s: %(readers)s readers, %(copies)s copies, %(loans)s loans.") % {
        "schools": _(", ").join(school.name for school in manifest.schools) or _("No school yet"),
        "readers": counts.get("readers_reader", 0),
        "copies": counts.get("catalogue_copy", 0),
        "loans": counts.get("circulation_loan", 0),
    }


def made(manifest: Manifest) -> str:
    """Say when a backup was made and by which version."""
    return _("Made on %(when)s by version %(version)s.") % {
        "when": date_format(localtime(manifest.made_at), "DATETIME_FORMAT"),
        "version": manifest.version,
    }


def size(bytes_taken: int) -> str:
    """Say how big a file is."""
    return str(filesizeformat(bytes_taken))
