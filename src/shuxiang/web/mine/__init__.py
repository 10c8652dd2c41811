"""The reader's own page: what I have, what I wait for, what I have read; and signing in to it."""
