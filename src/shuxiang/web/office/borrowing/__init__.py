"""The office pages of who borrows and who does not."""
