"""Stores how often a client is called: cadences agreed or planned (R8, R9), intensifications (R10).

Also decides and words the offer of a slower cadence.
"""
