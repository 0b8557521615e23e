"""Decides the state of promises, recovery checks and requests covered (R11, R16, R17)."""
