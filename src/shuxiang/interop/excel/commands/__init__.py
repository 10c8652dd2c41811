"""Importing at the terminal."""
