"""What the desk says: a word for the left of the row, and what happened and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuxiang.catalogue.models import Standing
from shuxiang.circulation.queries import Kind
from shuxiang.circulation.rules import Reason
from shuxiang.student_librarians.rules import DeskRefusal
from shuxiang.web.desk.said import Done, Trouble

WORDS: dict[Kind | Trouble | Done | DeskRefusal, object] = {
    Kind.SHOW_READER: _("Reader"),
    Kind.LEND: _("Lent"),
    Kind.TAKE_BACK: _("Returned"),
    Kind.NEEDS_READER: _("Not lent"),
    Kind.CHOOSE: _("Choose one"),
    Kind.SAME_AGAIN: _("Lent already"),
    Kind.ALL_OUT: _("All out"),
    Kind.OTHER_SCHOOL: _("Another school's"),
    Kind.RUN_TOGETHER: _("Run together"),
    Kind.TOO_LONG: _("Too long"),
    Kind.UNKNOWN: _("Not known"),
    Kind.UNKNOWN_BOOK: _("Not known"),
    Kind.NOTHING: _("Nothing scanned"),
    Trouble.LOAN_REFUSED: _("Not lent"),
    Trouble.RENEWAL_REFUSED: _("Not renewed"),
    Trouble.HOLD_REFUSED: _("No hold"),
    Trouble.UNDO_REFUSED: _("Not undone"),
    Trouble.NUMBER_USED: _("Not recorded"),
    Trouble.CLOCK_WENT_BACK: _("Paused"),
    Trouble.DISK_FULL: _("Not recorded"),
    Trouble.DATABASE_BUSY: _("Not recorded"),
    Trouble.LOCKED: _("Locked"),
    Trouble.APPROVER_UNKNOWN: _("Not allowed yet"),
    Trouble.APPROVER_MAY_NOT: _("Not allowed yet"),
    Trouble.TOO_MANY_TRIES: _("Not allowed yet"),
    Trouble.NO_READER: _("Not lent"),
    Trouble.CARD_NOT_BOOK: _("This is a card"),
    Trouble.BOOK_NOT_ADDED: _("Not added"),
    Trouble.VISIT_CLOSED: _("Not recorded"),
    Trouble.PIN_WRONG: _("Locked"),
    Done.BOOK_ADDED: _("Added"),
    Done.CLOCK_TRUSTED: _("Going on"),
    DeskRefusal.NO_POST: _("Not appointed"),
    DeskRefusal.NOT_APPOINTED_YET: _("Not appointed"),
    DeskRefusal.NOT_YOUR_HOURS: _("Not your time"),
    DeskRefusal.NOT_YOUR_CLASS: _("Not your class"),
    DeskRefusal.NOT_YOUR_BOOK: _("Not your class"),
    DeskRefusal.NOT_FOR_HELPERS: _("For the librarian"),
}

SENTENCES: dict[Kind | Trouble | Done, object] = {
    Kind.NEEDS_READER: _(
        "This book is in, and no reader is on the screen. Nothing was recorded: "
        "scan the reader's card, then the book again."
    ),
    Kind.SAME_AGAIN: _("The same label was read twice. It was recorded once; go on."),
    Kind.ALL_OUT: _("Every copy of this title is out. Nothing was recorded."),
    Kind.OTHER_SCHOOL: _(
        "This book belongs to %(school)s. Nothing was recorded: put it aside for that school."
    ),
    Kind.RUN_TOGETHER: _(
        "Two labels came as one: %(first)s and %(second)s. Nothing was recorded: "
        "scan each of them again."
    ),
    Kind.TOO_LONG: _(
        "%(length)s characters came at once, and no label is that long. Nothing was recorded: "
        "scan the label again."
    ),
    Kind.UNKNOWN: _("No book, card or name of this school. Nothing was recorded: scan it again."),
    Kind.UNKNOWN_BOOK: _(
        "This is an ISBN, and this school has no such book. Nothing was recorded."
    ),
    Trouble.CARD_NOT_BOOK: _(
        "This is a reader's card, and only returns are taken now. Nothing was recorded: "
        "scan the label in the book."
    ),
    Trouble.RENEWAL_REFUSED: _("Nothing was renewed."),
    Trouble.HOLD_REFUSED: _("No hold was placed."),
    Trouble.UNDO_REFUSED: _("The act stands as it was."),
    Trouble.NUMBER_USED: _(
        "This number of an act has been used for something else. Nothing was recorded: "
        "scan it again."
    ),
    Trouble.CLOCK_WENT_BACK: _(
        "This computer's clock says %(now)s, and the newest entry is of %(last)s. "
        "Lending and returning pause, and nothing was recorded. Set the clock right; "
        "or a librarian says that it is right."
    ),
    Trouble.DISK_FULL: _(
        "The disk is full, and this was not recorded. Make room on the disk; "
        "the page keeps the scan and sends it again."
    ),
    Trouble.DATABASE_BUSY: _(
        "The database is busy, and this was not recorded. "
        "The page keeps the scan and sends it again."
    ),
    Trouble.LOCKED: _("The desk is locked, and nothing was recorded. Unlock it to go on."),
    Trouble.APPROVER_UNKNOWN: _(
        "This PIN or password is not right, so nothing was lent. Type it again."
    ),
    Trouble.APPROVER_MAY_NOT: _(
        "This person may not pass objections, so nothing was lent. Ask a librarian."
    ),
    Trouble.TOO_MANY_TRIES: _(
        "A wrong PIN was typed too often, so nothing was lent. "
        "Wait a quarter of an hour, or let the librarian sign in."
    ),
    Trouble.NO_READER: _(
        "No reader is on the screen. Nothing was recorded: scan the reader's card first."
    ),
    Trouble.BOOK_NOT_ADDED: _("The book was not added, and nothing was lent."),
    Trouble.VISIT_CLOSED: _("This visit has ended. Nothing was recorded: open the class again."),
    Trouble.PIN_WRONG: _("This PIN or password is not right. The desk stays locked."),
    Done.BOOK_ADDED: _(
        "The book is on the books with the number %(number)s. Write it into the book; "
        "class and price are added in the office."
    ),
    Done.CLOCK_TRUSTED: _("The clock is believed, and lending goes on. Scan it again."),
}

FOR_HELPERS = {
    Reason.READER_RESTRICTED: _("Borrowing is paused: the librarian knows why."),
    Reason.READER_HAS_OVERDUE: _("Something is late."),
    Reason.COPY_HELD_FOR_ANOTHER: _("Somebody waits for this title."),
}
"""Objections that tell a pupil no more of another than the desk needs."""

STANDINGS = {
    Standing.WITHDRAWN: _("It has been withdrawn from the books; give it to the librarian."),
    Standing.IN_REPAIR: _("It is down as in repair."),
    Standing.IN_PROCESS: _("It is not processed yet."),
    Standing.IN_CLASS_BOX: _("It belongs to a class box at present."),
    Standing.SET_ASIDE: _("It lies on the hold shelf."),
}
"""What is odd about a copy that is in, said before anybody tries to lend it."""

WEEKDAYS = (
    pgettext_lazy("short", "Mon"),
    pgettext_lazy("short", "Tue"),
    pgettext_lazy("short", "Wed"),
    pgettext_lazy("short", "Thu"),
    pgettext_lazy("short", "Fri"),
    pgettext_lazy("short", "Sat"),
    pgettext_lazy("short", "Sun"),
)


def page_words() -> dict[str, str]:
    """Gather the words that the page says by itself; %(place)s are filled in by the browser."""
    return {name: str(words) for name, words in PAGE.items()}


PAGE = {
    "next_both": _("a card, or a return"),
    "next_lend": _("lend to %(name)s"),
    "next_returns": _("take back"),
    "next_in_room": _("a card, then a book for the room"),
    "next_in_room_lend": _("for %(name)s, in the room"),
    "next_visit": _("a pupil, or a return"),
    "box_both": _("Scan a book or a card, or type a name in pinyin"),
    "box_returns": _("Scan the books that come back"),
    "box_in_room": _("Scan a card, then the book read here"),
    "box_visit_lend": _("Scan a book for %(name)s, or the next card"),
    "box_visit_nobody": _("Tap a name or scan a card"),
    "previous": _("Before: %(who)s, %(at)s"),
    "online": _("Connected"),
    "offline": _("Not connected"),
    "waiting_one": _("One scan since %(time)s is not recorded."),
    "waiting_many": _("%(count)s scans since %(time)s are not recorded."),
    "unreachable": _(
        "The server cannot be reached. This page keeps them and sends them as soon as it answers; "
        "leave the page open."
    ),
    "signed_out": _(
        "You have been signed out, or may use the desk no longer. Nothing since then is recorded; "
        "this page keeps the scans. Open it again: they are sent if the desk is open to you."
    ),
    "row_unreachable": _("Not recorded yet: waits for the server"),
    "row_failed": _(
        "The server failed three times. Not recorded: scan it again, or tell the administrator"
    ),
    "row_gone": _("The page is out of date. Not recorded: open the page again and scan"),
    "row_asking": _("asking the server"),
    "row_given_up": _(
        "Given up without an answer: it may be recorded or not. Scan it again to see"
    ),
    "row_left_over": _("Left over from whoever was here before, and not recorded. Scan it again"),
    "renewal": _("Renewal"),
    "undoing": _("Undo"),
    "hold": _("Hold"),
    "adding": _("New book"),
    "away": _("Away"),
    "now": _("no. %(seat)s · %(free)s more"),
    "guest": _("%(name)s, not of this class"),
    "helping": _("Another device helps"),
    "nobody_to_undo": _("Nothing on this screen can be undone."),
}
