"""What is said about the audit."""

from django.utils.translation import gettext_lazy as _

INVARIANTS = {
    "act_twice": _("%(count)s acts were recorded twice (numbers %(examples)s)."),
    "undone_before_it_was_done": _(
        "%(count)s entries undo one that came later or belongs elsewhere (entries %(examples)s)."
    ),
}
