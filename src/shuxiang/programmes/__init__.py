"""What the library does for readers besides lending: it teaches its rules."""
