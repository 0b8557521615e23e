"""What is wrong with a book, and where."""


class BadBook(Exception):
    """The book cannot be loaded; the message names the place, as in `clients[3].owner: …`."""


class Warnings:
    """Fields that the book has and Rounds does not know: named once, however often they stand."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._count: dict[str, int] = {}

    def unknown(self, section: str, place: str, name: str) -> None:
        key = f"{section}.{name}"
        self._first.setdefault(key, f"{place}.{name}".lstrip("."))
        self._count[key] = self._count.get(key, 0) + 1

    def lines(self) -> list[str]:
        """A sentence for each field."""
        return [self._line(key) for key in self._first]

    def _line(self, key: str) -> str:
        more = self._count[key] - 1
        also = f" (and {more} more like it)" if more else ""
        return f"{self._first[key]} is not a field of the book and was left aside{also}."
