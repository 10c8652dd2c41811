"""What the office shows of people: one module a list."""
