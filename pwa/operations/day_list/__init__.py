"""Decides who is on a manager's day list, in which order, and whether the day is overloaded.

Also plans the visits of the day in driving order (R20).
"""
