"""What a kiosk says, in words that a child of seven understands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuxiang.circulation.queries import Kind
from shuxiang.circulation.rules import Reason
from shuxiang.web.kiosk.told import Shut, Trouble

OBJECTIONS = {
    Reason.READER_LEFT: _("This card is no longer in use."),
    Reason.READER_RESTRICTED: _("You cannot borrow just now. The librarian tells you why."),
    Reason.READER_HAS_OVERDUE: _("A book of yours should be back already. Bring it back first."),
    Reason.LIMIT_REACHED: _(
        "You have %(on_hand)s books, and more are not allowed. Bring one back first."
    ),
    Reason.TITLE_ON_HAND: _("You have the same book at home already."),
    Reason.COPY_ON_LOAN: _("This book is still down as lent."),
    Reason.COPY_WITHDRAWN: _("This book does not belong to the library any more."),
    Reason.COPY_IN_REPAIR: _("This book is to be mended first."),
    Reason.COPY_LOST: _("This book was looked for. How good that you found it!"),
    Reason.COPY_IN_PROCESS: _("This book is new and not ready yet."),
    Reason.COPY_IN_CLASS_BOX: _("This book belongs to a class box just now."),
    Reason.COPY_HELD_FOR_ANOTHER: _("Somebody else has been waiting for this book."),
    Reason.IN_ROOM_ONLY: _("This book stays here: you may read it in the library."),
    Reason.NO_TERMS: _("This book cannot be borrowed here."),
    Reason.NOT_THIS_WAY: _("Your class borrows together, in its library lesson."),
    Reason.LENDING_HAS_ENDED: _("No more books are lent this term. See you after the holidays!"),
    Reason.OF_ANOTHER_CLASS: _("Another class is in the library now."),
    Reason.CLOSED_TODAY: _("The library is closed today."),
}

WORDS: dict[Kind | Trouble, object] = {
    Kind.NEEDS_READER: _("First your card"),
    Kind.SAME_AGAIN: _("Done already"),
    Kind.CHOOSE: _("Not recorded"),
    Kind.ALL_OUT: _("Not recorded"),
    Kind.OTHER_SCHOOL: _("Not recorded"),
    Kind.RUN_TOGETHER: _("Not recorded"),
    Kind.TOO_LONG: _("Not recorded"),
    Kind.UNKNOWN: _("Not recorded"),
    Kind.UNKNOWN_BOOK: _("Not recorded"),
    Trouble.LOAN_REFUSED: _("Not lent"),
    Trouble.NO_CARD: _("First your card"),
    Trouble.NUMBER_USED: _("Not recorded"),
    Trouble.CLOCK_WENT_BACK: _("Not recorded"),
    Trouble.DISK_FULL: _("Not recorded"),
    Trouble.DATABASE_BUSY: _("Not recorded"),
}

SENTENCES: dict[Kind | Trouble, object] = {
    Kind.NEEDS_READER: _("To borrow this book, scan your card, then the book once more."),
    Kind.SAME_AGAIN: _("It was read twice and recorded once. Go on with the next book."),
    Kind.CHOOSE: _(
        "Scan the label that the library has stuck in the book, not the barcode of the shop."
    ),
    Kind.ALL_OUT: _("This book is still down as lent. Take it to the librarian."),
    Kind.OTHER_SCHOOL: _("This book belongs to another school. Take it to the librarian."),
    Kind.RUN_TOGETHER: _("Two labels were read at once. Scan one book, then the other."),
    Kind.TOO_LONG: _("That was no label of a book. Scan the label of the library once more."),
    Kind.UNKNOWN: _(
        "The library does not know this label. Scan it once more, or take it to the librarian."
    ),
    Kind.UNKNOWN_BOOK: _("The library does not know this book. Take it to the librarian."),
    Trouble.LOAN_REFUSED: _("Take the book to the librarian."),
    Trouble.NO_CARD: _("Here you begin with your library card. Without it, go to the librarian."),
    Trouble.NUMBER_USED: _("Scan it once more."),
    Trouble.CLOCK_WENT_BACK: _("This kiosk has to rest. Take your books to the librarian."),
    Trouble.DISK_FULL: _("The library's computer is full. Take your books to the librarian."),
    Trouble.DATABASE_BUSY: _("The library's computer is busy. Wait a little."),
}

SHUT = {
    Shut.NOT_ENROLLED: _("This device is not enrolled for self-service"),
    Shut.NOT_OPEN: _("Self-service is not open"),
    Shut.SIGNED_IN: _("Somebody is signed in on this device"),
}
SHUT_BECAUSE = {
    Shut.NOT_ENROLLED: _(
        "A librarian signs in on this device, opens Self-service lending in the office and enrols it."
    ),
    Shut.NOT_OPEN: _(
        "Please borrow and return at the desk. A librarian opens self-service in the office."
    ),
    Shut.SIGNED_IN: _("Sign out, so that nobody walks on into the office; then readers may begin."),
}

WEEKDAYS = (
    pgettext_lazy("short", "Mon"),
    pgettext_lazy("short", "Tue"),
    pgettext_lazy("short", "Wed"),
    pgettext_lazy("short", "Thu"),
    pgettext_lazy("short", "Fri"),
    pgettext_lazy("short", "Sat"),
    pgettext_lazy("short", "Sun"),
)

PAGE = {
    "seconds": _("This screen clears in %(seconds)s s"),
    "row_unreachable": _("Not recorded yet"),
    "row_refused": _("Nothing can be lent here just now. Take your books to the librarian."),
    "row_lost": _("This was not recorded. Scan it once more, or take it to the librarian."),
}
"""What the page says by itself; %(seconds)s is filled in by the browser."""


def page_words() -> dict[str, str]:
    """Gather the words that the page says by itself."""
    return {name: str(words) for name, words in PAGE.items()}
