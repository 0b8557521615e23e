"""Voice notes."""
