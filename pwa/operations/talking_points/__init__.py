"""Talking points."""
