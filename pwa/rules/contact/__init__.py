"""Decides what counts as contact, and how it compares with the preference (R2, R4 to R7)."""
