"""Errors and warnings about a book, each with the path of the value."""


class BadBook(Exception):
    """The book cannot be loaded; the message begins with the path, as in `clients[3].owner: …`."""


class Warnings:
    """Collects unknown fields of a book; each is reported once, with the number of its uses."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._count: dict[str, int] = {}

    def add_unknown_field(self, section: str, path: str, name: str) -> None:
        key = f"{section}.{name}"
        self._first.setdefault(key, f"{path}.{name}".lstrip("."))
        self._count[key] = self._count.get(key, 0) + 1

    def lines(self) -> list[str]:
        """A sentence for each unknown field."""
        return [self._line(key) for key in self._first]

    def _line(self, key: str) -> str:
        more = self._count[key] - 1
        also = f" (and {more} more like it)" if more else ""
        return f"{self._first[key]} is not a field of the book and was left aside{also}."
