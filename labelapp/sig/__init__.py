"""The language of directions: read to the last character, said in plain words."""
