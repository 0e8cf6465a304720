"""Ways to paper: they move bytes and make none."""
