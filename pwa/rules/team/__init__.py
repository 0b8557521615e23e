"""Decides who shares a lesson and who may hear it (R23)."""
