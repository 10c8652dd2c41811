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
TRIED_OFTEN = _(
    "This work took the program down %(attempts)s times and is not tried again. "
    "What was finished before stays recorded."
)
WENT_BACK = _(
    "The library went back to an earlier backup, so this work was stopped. "
    "What was finished before stays recorded; ask for the rest again."
)
UNFORESEEN = _(
    "Something unforeseen stopped this work. What was finished before stays recorded; "
    "the server's log says more."
)
