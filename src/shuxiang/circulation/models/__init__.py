"""Loans and holds, class visits, the policy of lending, and who was told of late books."""

from shuxiang.circulation.models.borrowing import FirstLoan, TermWeek
from shuxiang.circulation.models.entrances import Entrance
from shuxiang.circulation.models.kiosks import Kiosk
from shuxiang.circulation.models.loans import Hold, Loan
from shuxiang.circulation.models.notices import Forfeit, Notice, NoticedLoan
from shuxiang.circulation.models.policy import LendingMode, LendingTerms
from shuxiang.circulation.models.recall import DueChange
from shuxiang.circulation.models.visits import Visit, VisitMark

__all__ = [
    "DueChange",
    "Entrance",
    "FirstLoan",
    "Forfeit",
    "Hold",
    "Kiosk",
    "LendingMode",
    "LendingTerms",
    "Loan",
    "Notice",
    "NoticedLoan",
    "TermWeek",
    "Visit",
    "VisitMark",
]
