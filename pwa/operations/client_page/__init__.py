"""Reads everything a client's page shows.

Its lists, its cadence, and each contact's perspective (R7).
"""
