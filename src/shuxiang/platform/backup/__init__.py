"""Backups that can be restored: taken while the desk works, read back before they count."""
