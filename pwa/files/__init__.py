"""Where voice notes lie."""
