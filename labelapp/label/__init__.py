"""What stands on the label: which words, in which order of worth, and why."""
