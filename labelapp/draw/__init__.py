"""Pages to one PDF, its picture, and the proof that it says what it should."""
