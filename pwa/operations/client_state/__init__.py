"""Client state."""
