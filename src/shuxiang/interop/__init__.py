"""The loading dock: what comes in from other programs, one folder a format or protocol."""
