"""What the office prints: labels for copies, cards for readers."""
