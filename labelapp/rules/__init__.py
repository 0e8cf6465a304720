"""What is safe and lawful: dose, supply, beyond-use date, warnings and the law of the state."""
