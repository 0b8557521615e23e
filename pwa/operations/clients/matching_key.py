"""The key by which a client is recognised when it comes in again."""

from pwa.operations.clients.search import fold


def match_key(name: str, town: str | None) -> str:
    """The same name in two towns is two clients."""
    return f"{fold(name)[:199]}|{fold(town or '')[:120]}"
