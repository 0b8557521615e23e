"""Finders."""
