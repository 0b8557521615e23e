"""The fields that an import reads."""

from pwa.intake import FIELDS, ClientList

_UNUSED = frozenset({"note"})  # notes belong to interactions; a list has none
USED = tuple(field for field in FIELDS if field not in _UNUSED)


def unread_headings(clients: ClientList) -> list[str]:
    """The headings of the columns that an import does not read."""
    return [column.heading for column in clients.columns if column.field not in USED]
