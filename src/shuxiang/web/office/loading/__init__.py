"""The loading bay of the office: lists of books and readers come in here."""
