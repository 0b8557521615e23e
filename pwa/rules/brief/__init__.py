"""Decides what a brief says first, its open question and a recovery's lines (R14, R18, R24)."""
