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
    loans_of_copies,
    loans_out,
    overdue_by_class,
    to_forget,
    today_in_figures,
)
from shuxiang.circulation.queries.panels import Panel, loans_on_hand, panel, panel_for_helper
from shuxiang.circulation.queries.policy import mode_for, terms_for, terms_rows
from shuxiang.circulation.queries.rows import (
    DeskFigures,
    Row,
    desk_figures,
    recent_rows,
    row_of,
    rows_of,
    see_desk,
)
from shuxiang.circulation.queries.scans import Desk, Kind, Scan, read_copy, read_scan
from shuxiang.circulation.queries.visits import (
    Board,
    board,
    newest_entry,
    open_visits,
    place_of_visit,
)

__all__ = [
    "Board",
    "Desk",
    "DeskFigures",
    "Kind",
    "Panel",
    "Row",
    "Scan",
    "State",
    "board",
    "broken_invariants",
    "class_loans",
    "copies_out",
    "desk_figures",
    "forget_before",
    "history_of",
    "hold_shelf",
    "holds_waiting",
    "loan_of_copy",
    "loans_of_copies",
    "loans_on_hand",
    "loans_out",
    "mode_for",
    "newest_entry",
    "open_visits",
    "overdue_by_class",
    "panel",
    "panel_for_helper",
    "place_of_visit",
    "read_copy",
    "read_scan",
    "recent_rows",
    "row_of",
    "rows_of",
    "see_desk",
    "see_visit",
    "terms_for",
    "terms_rows",
    "to_forget",
    "today_in_figures",
    "visits_of",
]
