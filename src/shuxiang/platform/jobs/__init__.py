"""Long work: what runs now, how far it is, and what was cut off by a crash."""
