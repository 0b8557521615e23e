"""Plans notices: rows of what is due, read for active_recipients at once, each stored once."""
