"""Stores user accounts, teams, sessions, push devices and the covers for an absence."""
