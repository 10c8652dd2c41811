"""The office pages of the reading room: who came, and the weeks of the term."""
