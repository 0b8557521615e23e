"""Tokens of sessions and one-time links: only their hashes are stored."""

import hashlib


def token_hash(token: str) -> str:
    """The SHA-256 of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
