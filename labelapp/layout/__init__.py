"""Where everything stands on which stock, or why it does not fit."""
