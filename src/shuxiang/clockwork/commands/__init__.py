"""Backing up, restoring and checking at the terminal."""
