"""The pages of times, one module a subject."""
