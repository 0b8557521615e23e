"""Plans notices: rows of what is due, read for everyone at once, each stored once."""
