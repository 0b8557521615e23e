"""Stores promises (R17): given, kept, or moved to another day; counts how many were kept (R18)."""
