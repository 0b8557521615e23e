"""Readers of single values: tidied text in, `(value or None, what is wrong or None)` out.

They never raise for what a person wrote.
"""
