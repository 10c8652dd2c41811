"""The books: search, title pages, taking in, withdrawing, places and the registers."""
