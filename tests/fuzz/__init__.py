"""Fuzzing: each file throws hostile input at one room."""
