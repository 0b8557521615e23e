"""Client page."""
