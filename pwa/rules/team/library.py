"""What stands in the library, and who hears a spoken note (R23)."""


def is_shared_at_once(owner: int, marked_by: int) -> bool:
    """Whether marking a conversation as worth learning from shares it (R23).

    `owner` is the number of the person whose conversation it was: only they share it. Marked by
    anyone else it waits for them.
    """
    return owner == marked_by


def may_hear(owner: int, listener: int, *, shared: bool, same_team: bool) -> bool:
    """Whether `listener` may hear the note that `owner` recorded (R23).

    It is the owner's own until they share it, and then their team's; what was taken back is not
    shared.
    """
    return owner == listener or (shared and same_team)
