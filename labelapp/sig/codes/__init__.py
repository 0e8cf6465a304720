"""The words of directions: the table of codes, a pharmacy's own, and how text is cut to look them up."""
