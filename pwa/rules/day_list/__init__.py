"""Day list."""
