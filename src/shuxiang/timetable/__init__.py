"""When: terms, the school's days, opening hours, lesson periods, which class comes when."""
