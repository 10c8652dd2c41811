"""The front door: what is open now, signing in and out, one's own password, and setting up."""
