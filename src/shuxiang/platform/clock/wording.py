"""What is said when the clock is doubted."""

from django.utils.translation import gettext_lazy as _

from shuxiang.platform.clock.rules import Doubt

DOUBTS = {
    Doubt.BEFORE_THE_BUILD: _(
        "This computer's clock says %(now)s, which is before this version was made. "
        "Nothing is lent until the clock is set right, or a librarian says that it is right."
    ),
    Doubt.BEFORE_THE_NEWEST_ENTRY: _(
        "This computer's clock says %(now)s, but the newest entry is of %(not_before)s. "
        "Nothing is lent until the clock is set right, or a librarian says that it is right."
    ),
}
