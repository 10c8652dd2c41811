"""Schools, school years and settings; the scope that keeps schools apart."""
