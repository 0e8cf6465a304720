"""Measures the way of a label in one run, as ratios to plain anchors of the same work."""
