"""When the library lends, to whom and for how long: terms, days, hours, rotation, lending terms."""
