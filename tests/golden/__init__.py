"""Golden pages: what a label said and looked like when somebody last looked at it and agreed."""
