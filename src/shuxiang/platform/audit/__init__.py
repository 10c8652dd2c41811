"""What was done, by whom, when and where; kept for ever and never changed."""
