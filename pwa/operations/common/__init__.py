"""Shared by every folder: the audit log and the rule settings."""
