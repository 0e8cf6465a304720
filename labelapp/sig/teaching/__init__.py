"""Teaching a code: what it may stand for, and what it may not look like."""
