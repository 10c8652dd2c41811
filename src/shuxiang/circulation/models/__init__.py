"""Loans and holds, class visits, and the policy of lending."""

from shuxiang.circulation.models.kiosks import Kiosk
from shuxiang.circulation.models.loans import Hold, Loan
from shuxiang.circulation.models.policy import LendingMode, LendingTerms
from shuxiang.circulation.models.visits import Visit, VisitMark

__all__ = ["Hold", "Kiosk", "LendingMode", "LendingTerms", "Loan", "Visit", "VisitMark"]
