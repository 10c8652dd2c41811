"""What people open: one folder a counter; a counter knows no other counter."""
