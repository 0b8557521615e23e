"""Decides due dates, availability, working time and cadence changes (R8 to R10, R12, R13)."""
