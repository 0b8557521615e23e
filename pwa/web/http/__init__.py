"""Requests and responses: authorization, idempotency, errors, assets, headers."""
