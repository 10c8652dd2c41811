"""What the pages of orientation do."""
