"""The dispensing desk: what a person does with a prescription, alike for every front end."""
