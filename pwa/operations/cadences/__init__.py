"""Cadences."""
