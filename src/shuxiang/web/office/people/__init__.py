"""The office's people: classes, readers and their cards, accounts, settings, and what was done."""
