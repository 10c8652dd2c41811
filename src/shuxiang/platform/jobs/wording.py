"""What a job's state is called."""

from django.utils.translation import gettext_lazy as _

from shuxiang.platform.jobs.rules import State

STATES = {
    State.WAITING: _("Waiting"),
    State.RUNNING: _("Running"),
    State.DONE: _("Finished"),
    State.FAILED: _("Stopped by an error"),
    State.TAKEN_BACK: _("Taken back"),
}
UNFORESEEN = _(
    "Something unforeseen stopped this work. What was finished before stays recorded; "
    "the server's log says more."
)
