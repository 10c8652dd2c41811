"""How days are written where Django writes them otherwise."""
