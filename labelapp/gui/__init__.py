"""The window at the counter."""
