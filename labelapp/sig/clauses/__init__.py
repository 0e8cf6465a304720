"""The inside of the reader: words to tokens, tokens to clauses, clauses in the order of the patient's days."""
