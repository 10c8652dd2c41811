"""A term opens: one list of what must be ready, and the new school year."""
