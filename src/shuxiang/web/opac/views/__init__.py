"""The pages of the public catalogue."""
