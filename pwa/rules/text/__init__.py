"""Pure functions on text: names redacted, titles matched."""
