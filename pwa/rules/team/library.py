"""The library: sharing of conversations and access to spoken notes (R23)."""


def is_shared_at_once(owner: int, marked_by: int) -> bool:
    """Whether marking a conversation for the library shares it at once (R23).

    Only its owner shares it; marked by anyone else it waits for the owner. Both are user ids.
    """
    return owner == marked_by


def may_hear(owner: int, listener: int, *, shared: bool, same_team: bool) -> bool:
    """Whether the user `listener` may hear the note recorded by `owner` (R23).

    The owner always may, their team while it is shared.
    """
    return owner == listener or (shared and same_team)
