"""The nouns of the trade: what a prescription, a sig, a lot and a fill are."""
