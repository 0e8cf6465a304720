"""Vials: a fill that leaves in several containers, and what each of them holds."""
