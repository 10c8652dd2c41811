"""What circulation can be asked. Reads only."""

from shuxiang.circulation.queries.invariants import broken_invariants
from shuxiang.circulation.queries.lists import (
    class_loans,
    copies_out,
    forget_before,
    history_of,
    hold_shelf,
    holds_waiting,
    loan_of_copy,
    loans_out,
    overdue_by_class,
    to_forget,
    today_in_figures,
)
from shuxiang.circulation.queries.panels import loans_on_hand, panel, panel_for_helper
from shuxiang.circulation.queries.policy import mode_for, terms_for, terms_rows
from shuxiang.circulation.queries.rows import recent_rows, row_of, rows_of
from shuxiang.circulation.queries.scans import Desk, Scan, read_copy, read_scan
from shuxiang.circulation.queries.visits import board, open_visits

__all__ = [
    "Desk",
    "Scan",
    "board",
    "broken_invariants",
    "class_loans",
    "copies_out",
    "forget_before",
    "history_of",
    "hold_shelf",
    "holds_waiting",
    "loan_of_copy",
    "loans_on_hand",
    "loans_out",
    "mode_for",
    "open_visits",
    "overdue_by_class",
    "panel",
    "panel_for_helper",
    "read_copy",
    "read_scan",
    "recent_rows",
    "row_of",
    "rows_of",
    "terms_for",
    "terms_rows",
    "to_forget",
    "today_in_figures",
]
