"""What an import makes use of."""

from pwa.intake import FIELDS, ClientList

_UNUSED = frozenset({"note"})  # a book has no place for words that nobody said to us
USED = tuple(field for field in FIELDS if field not in _UNUSED)


def unread_headings(clients: ClientList) -> list[str]:
    """The headings of the columns that nothing is taken from."""
    return [each.heading for each in clients.columns if each.field not in USED]
