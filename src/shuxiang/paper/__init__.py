"""Records become paper: labels for books, cards for readers. It reads, lays out and prints; it writes nothing."""
