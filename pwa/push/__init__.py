"""Web push: what a notification says, and the way to a push service. Knows no web, no models."""
