"""A message held against itself: its text, its structure, its quantity and days."""
