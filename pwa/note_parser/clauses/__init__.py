"""Clauses: a note cut into statements, linked to those that report or condition them."""
