"""Recoveries."""
