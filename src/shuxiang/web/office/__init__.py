"""The librarian's back room: today, the stock, readers, time, accounts and settings."""
