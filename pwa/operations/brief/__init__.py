"""Loads and words the brief of a client: what to know before the conversation (R18, R24)."""
