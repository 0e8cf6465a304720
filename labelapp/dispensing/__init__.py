"""The dispensing desk: what a person does with a prescription, for every front end alike."""
