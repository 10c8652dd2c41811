"""Whether the computer's clock can be believed: a dead battery sets it back by years."""
