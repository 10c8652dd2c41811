"""The office pages of late books: who is told today, on which paper, and who was told."""
