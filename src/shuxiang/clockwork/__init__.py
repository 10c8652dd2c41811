"""What the house does by itself, and when: backups, holds that nobody fetched, retention."""
