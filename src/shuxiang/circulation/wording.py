"""Codes become words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shuxiang.circulation.rules import (
    HoldReason,
    Mode,
    Note,
    Reason,
    RenewalReason,
    UndoReason,
    Way,
    Weight,
)

OBJECTIONS = {
    Reason.READER_LEFT: _("This reader has left the school."),
    Reason.READER_RESTRICTED: _("Borrowing is paused: %(why)s"),
    Reason.READER_HAS_OVERDUE: _("%(overdue)s overdue and not returned"),
    Reason.LIMIT_REACHED: _("%(on_hand)s books out, the limit is %(limit)s"),
    Reason.TITLE_ON_HAND: _("This reader already has a copy of this title."),
    Reason.COPY_ON_LOAN: _("This copy is out on loan."),
    Reason.COPY_WITHDRAWN: _("This copy has been withdrawn from the books."),
    Reason.COPY_IN_REPAIR: _("This copy is down as in repair."),
    Reason.COPY_LOST: _("This copy was reported lost; it is found now."),
    Reason.COPY_IN_PROCESS: _("This copy is not processed yet."),
    Reason.COPY_IN_CLASS_BOX: _("This copy belongs to a class box at present."),
    Reason.COPY_HELD_FOR_ANOTHER: _("%(waiting)s waiting for this title"),
    Reason.IN_ROOM_ONLY: _("This book is read in the room and not taken home."),
    Reason.NO_TERMS: _("No lending rule is set for this kind of reader."),
    Reason.NOT_THIS_WAY: _("This class does not borrow this way at present."),
    Reason.OF_ANOTHER_CLASS: _("This pupil is of another class than the one that is here."),
    Reason.LENDING_HAS_ENDED: _("The last lending day of this term is past."),
    Reason.CLOSED_TODAY: _("The library is closed today by the calendar."),
}

REMARKS = OBJECTIONS | {
    Reason.READER_RESTRICTED: _("This reader's borrowing is paused."),
    Reason.READER_HAS_OVERDUE: _("This reader has overdue books."),
    Reason.LIMIT_REACHED: _("This reader has more books than the rule allows."),
    Reason.COPY_HELD_FOR_ANOTHER: _("Somebody else is waiting for it."),
}
"""What was noted of a loan that was made, without figures: those are of the moment."""

RENEWALS = {
    RenewalReason.RETURNED: _("It has been returned already."),
    RenewalReason.RENEWED_ENOUGH: _("It has been renewed as often as the rules allow."),
    RenewalReason.OVERDUE: _("It is overdue: return it first."),
    RenewalReason.HELD_FOR_ANOTHER: _("Somebody else is waiting for it."),
    RenewalReason.IN_ROOM: _("A book read in the room is not renewed."),
    RenewalReason.READER_RESTRICTED: _("This reader's borrowing is paused."),
    RenewalReason.NO_LATER_DAY: _("Counted from today it would not be due any later."),
}

WEIGHTS = {
    Weight.REFUSE: _("Cannot pass"),
    Weight.CONFIRM: _("May pass"),
    Weight.NOTE: _("Note"),
}

MODES = {
    Mode.OPEN: _("At any opening hour"),
    Mode.TIMETABLE: _("With the class, by the timetable"),
    Mode.BOTH: _("Both"),
}

WAYS = {
    Way.ALONE: _("By oneself"),
    Way.WITH_CLASS: _("With the class"),
}

HOLDS = {
    HoldReason.READER_LEFT: _("This reader has left the school."),
    HoldReason.READER_RESTRICTED: _("This reader's borrowing is paused."),
    HoldReason.ALREADY_HELD: _("This reader is waiting for it already."),
    HoldReason.TITLE_ON_HAND: _("This reader has a copy at hand."),
    HoldReason.HOLDS_USED_UP: _("This reader has as many holds as the rules allow."),
    HoldReason.COPY_IS_IN: _("A copy is in: lend it now."),
    HoldReason.NO_COPY: _("No copy of this title is left on the books."),
    HoldReason.NO_TERMS: _("No lending rule is set for this kind of reader."),
}

UNDOS = {
    UndoReason.NOT_AN_ACT: _("This is not an act that can be undone."),
    UndoReason.UNDONE_BEFORE: _("It has been undone already."),
    UndoReason.RETURNED_SINCE: _("The book has been returned since: undo the return first."),
    UndoReason.RENEWED_SINCE: _("The loan has been renewed since: undo the renewal first."),
    UndoReason.LENT_SINCE: _("The book has been lent again since: undo that loan first."),
    UndoReason.HOLD_FETCHED_SINCE: _("The reader who waited has fetched it since."),
    UndoReason.WITHDRAWN_SINCE: _("The copy has been withdrawn from the books since."),
    UndoReason.FORGOTTEN: _("The reader's name has been taken off this loan; it stays as it is."),
}

NOTES = {
    Note.NOT_ON_LOAN: _("It was not down as lent."),
    Note.OVERDUE: _("%(days)s days late"),
    Note.WAS_LOST: _("It was reported lost; it is found now."),
    Note.WAS_IN_REPAIR: _("It is down as in repair: put it with the repairs."),
    Note.WAS_WITHDRAWN: _("It has been withdrawn from the books: give it to the librarian."),
    Note.IN_PROCESS: _("It is not processed yet: give it to the librarian."),
    Note.OF_ANOTHER_READER: _("It was lent to somebody else; it is returned for them."),
}

INVARIANTS = {
    "two_open_loans": _("%(count)s copies are lent twice at once (copies %(examples)s)."),
    "loan_of_another_school": _("%(count)s loans join two schools (loans %(examples)s)."),
    "loan_without_its_act": _("%(count)s loans have no entry in the audit (loans %(examples)s)."),
    "withdrawn_but_out": _("%(count)s withdrawn copies are out on loan (loans %(examples)s)."),
    "ready_hold_of_a_copy_out": _(
        "%(count)s holds lie ready with a copy that is out (holds %(examples)s)."
    ),
    "hold_of_a_reader_who_left": _(
        "%(count)s holds are open for readers who have left (holds %(examples)s)."
    ),
    "notice_of_another_school": _("%(count)s notices join two schools (notices %(examples)s)."),
    "notice_without_its_books": _(
        "%(count)s notices tell of more or fewer books than they name (notices %(examples)s)."
    ),
    "moved_due_date_of_another_school": _(
        "%(count)s moved due dates join two schools (loans %(examples)s)."
    ),
    "entrance_of_another_school": _(
        "%(count)s entrances join two schools (entrances %(examples)s)."
    ),
    "ready_hold_of_another_title": _(
        "%(count)s holds lie ready with a copy of another title (holds %(examples)s)."
    ),
}
