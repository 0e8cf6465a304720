"""Directions: what is read, what is asked, what is said."""
