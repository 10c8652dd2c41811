"""What everybody may open: find a book, see where it stands, wait for it."""
