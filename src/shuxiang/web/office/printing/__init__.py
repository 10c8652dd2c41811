"""The printing table of the office: labels for books, cards for readers."""
