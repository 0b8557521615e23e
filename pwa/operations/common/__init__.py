"""Shared by every folder: the audit log, the rule settings and validation errors."""
