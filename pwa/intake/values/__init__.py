"""Readers of single values: cleaned text in, `(value or None, problem or None)` out.

They raise nothing for invalid input.
"""
