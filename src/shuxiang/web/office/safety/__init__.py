"""Backups, and how long the library remembers who borrowed what."""
