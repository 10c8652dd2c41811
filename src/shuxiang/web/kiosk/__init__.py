"""Self-service: readers lend and return by themselves, on a device that a librarian has enrolled."""
