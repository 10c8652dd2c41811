"""SQLite as a desk needs it: a safe library, durable commits, and one fair queue for writers."""
