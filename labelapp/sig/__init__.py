"""Directions: read them, say them, and hold a message against itself.

`read` is text to steps, `say` is steps to the lines of a label; `clauses` is the inside of the first,
`lines` and `phrases` belong to the second.
"""
