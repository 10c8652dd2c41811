"""Late books: the list, the papers, who was told, and the school's own steps."""
