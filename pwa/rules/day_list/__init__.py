"""Decides the reasons, the rows and the order of the day list (R19 to R22)."""
