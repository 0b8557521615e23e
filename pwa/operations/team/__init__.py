"""Alerts and dashboard of supervisors, and the library of lessons (R23)."""
