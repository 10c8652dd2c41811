"""What circulation can do. The only place that writes loans."""

from shuxiang.circulation.actions.clock import ClockWentBack
from shuxiang.circulation.actions.entering import (
    NobodyHasThisCard,
    NobodyInClass,
    ReaderHasLeft,
    enter,
    enter_class,
    enter_count,
    take_entrance_back,
)
from shuxiang.circulation.actions.following import follow_calendar
from shuxiang.circulation.actions.forgoing import (
    FORGOES,
    AlreadyDecided,
    NoForfeits,
    ProposedAlready,
    decide_forfeit,
    propose_forfeit,
    take_forfeit_back,
)
from shuxiang.circulation.actions.governing import (
    change_terms,
    forget,
    remove_terms,
    set_mode,
    take_back_mode,
    trust_clock,
)
from shuxiang.circulation.actions.holding import (
    HoldClosed,
    HoldRefused,
    NoReader,
    cancel_hold,
    expire_holds,
    place_hold,
    place_own_hold,
)
from shuxiang.circulation.actions.kiosks import KioskNameTaken, enrol_kiosk, take_back_kiosk
from shuxiang.circulation.actions.leaving import see_off
from shuxiang.circulation.actions.lending import (
    LoanRefused,
    WrongSchool,
    confirm_objections,
    lend,
)
from shuxiang.circulation.actions.own import NotYours, cancel_own_hold, renew_own
from shuxiang.circulation.actions.recalling import (
    NoRecallDay,
    NothingToMove,
    ReasonMissing,
    StayEndsTooLate,
    StayEndsTooSoon,
    give_days_back,
    let_stay,
    shorten_loans,
    take_stay_back,
)
from shuxiang.circulation.actions.renewing import Kept, RenewalRefused, renew
from shuxiang.circulation.actions.returning import take_back
from shuxiang.circulation.actions.seeing import see_reader_history
from shuxiang.circulation.actions.telling import (
    NothingToTell,
    take_notice_back,
    tell,
    tell_not_borrowed,
)
from shuxiang.circulation.actions.undoing import UndoRefused, undo
from shuxiang.circulation.actions.visiting import VisitClosed, close_visit, mark_absent, open_visit
from shuxiang.circulation.actions.withdrawing import CopiesAreOut, withdraw_copies
from shuxiang.circulation.actions.years import begin_year, undo_year
from shuxiang.platform.audit.actions import Act
from shuxiang.platform.audit.queries import NonceReused

__all__ = [
    "FORGOES",
    "Act",
    "AlreadyDecided",
    "ClockWentBack",
    "CopiesAreOut",
    "HoldClosed",
    "HoldRefused",
    "Kept",
    "KioskNameTaken",
    "LoanRefused",
    "NoForfeits",
    "NoReader",
    "NoRecallDay",
    "NobodyHasThisCard",
    "NobodyInClass",
    "NonceReused",
    "NotYours",
    "NothingToMove",
    "NothingToTell",
    "ProposedAlready",
    "ReaderHasLeft",
    "ReasonMissing",
    "RenewalRefused",
    "StayEndsTooLate",
    "StayEndsTooSoon",
    "UndoRefused",
    "VisitClosed",
    "WrongSchool",
    "begin_year",
    "cancel_hold",
    "cancel_own_hold",
    "change_terms",
    "close_visit",
    "confirm_objections",
    "decide_forfeit",
    "enrol_kiosk",
    "enter",
    "enter_class",
    "enter_count",
    "expire_holds",
    "follow_calendar",
    "forget",
    "give_days_back",
    "lend",
    "let_stay",
    "mark_absent",
    "open_visit",
    "place_hold",
    "place_own_hold",
    "propose_forfeit",
    "remove_terms",
    "renew",
    "renew_own",
    "see_off",
    "see_reader_history",
    "set_mode",
    "shorten_loans",
    "take_back",
    "take_back_kiosk",
    "take_back_mode",
    "take_entrance_back",
    "take_forfeit_back",
    "take_notice_back",
    "take_stay_back",
    "tell",
    "tell_not_borrowed",
    "trust_clock",
    "undo",
    "undo_year",
    "withdraw_copies",
]
