"""Stores how a contact likes to be contacted (R4, R6).

Also guards writing to a contact while a recovery is open (R15).
"""
