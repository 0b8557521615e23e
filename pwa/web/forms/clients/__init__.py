"""Forms about a client and its contacts."""
