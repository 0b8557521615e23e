"""vCards 2.1, 3.0 and 4.0, as phones, Google, Apple and Outlook write them."""

from collections.abc import Iterator
from typing import BinaryIO

from pwa.intake.columns import Column
from pwa.intake.lines import first_lines, lines
from pwa.intake.messages import N_, Cell, Cells, Message
from pwa.intake.table import SAMPLE_ROWS, Entry
from pwa.intake.vcard_lines import Property, properties, split_escaped, unescape

_PARTS: dict[str, tuple[str | None, ...]] = {
    "N": ("last_name", "first_name", None, "title", "suffix"),
    "ORG": ("company",),
    "ADR": (None, None, "street", "town", "state", "postcode", "country"),
}
_WHOLE = {
    **{"FN": "full_name", "TITLE": "role", "ROLE": "role", "TEL": "phone", "EMAIL": "email"},
    **{"URL": "website", "NOTE": "note", "TZ": "timezone"},
}
_FIELDS = _WHOLE | {"N": "last_name", "ORG": "company", "ADR": "street", "GEO": "latitude"}
_TECHNICAL = frozenset({"BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "KIND"})
_NOT_SPOKEN = frozenset({"FAX", "PAGER", "MODEM", "BBS"})


class Cards:
    """A file of vCards that can be read repeatedly."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self.stream = stream
        self.encoding = encoding
        start = iter(first_lines(stream, encoding))
        first = [card for card, _ in cards(properties(start))]
        self.sample = [[entry.value for entry in card] for card in first[:SAMPLE_ROWS]]
        names = dict.fromkeys(entry.name for card in first for entry in card)
        self.columns = [Column(name, _FIELDS.get(name)) for name in names if name not in _TECHNICAL]

    def entries(self) -> Iterator[Entry]:
        """Every card, numbered from 1."""
        for number, (card, ended) in self._numbered():
            problem = Message(N_("This card stops in the middle"))
            yield Entry(number, _cells(card), [] if ended else [problem])

    def originals(self) -> Iterator[tuple[int, list[str]]]:
        """The number and the original values of every card, in the order of `columns`."""
        for number, (card, _) in self._numbered():
            yield (
                number,
                [
                    ", ".join(entry.value for entry in card if entry.name == column.heading)
                    for column in self.columns
                ],
            )

    def _numbered(self) -> Iterator[tuple[int, tuple[list[Property], bool]]]:
        all_cards = cards(properties(lines(self.stream, self.encoding)))
        return enumerate(all_cards, start=1)


def is_vcard(start: list[str]) -> bool:
    """Whether these first lines begin a card."""
    first = next((line.strip().lstrip("\ufeff") for line in start if line.strip()), "")
    return first.upper().replace(" ", "") == "BEGIN:VCARD"


def cards(source: Iterator[Property]) -> Iterator[tuple[list[Property], bool]]:
    """(properties of a card, whether it has an end)."""
    card: list[Property] | None = None
    for entry in source:
        if entry.name == "BEGIN":
            if card:
                yield card, False
            card = []
        elif entry.name == "END" and card is not None:
            yield card, True
            card = None
        elif card is not None:
            card.append(entry)
    if card:
        yield card, False


def _cells(card: list[Property]) -> Cells:
    cells: Cells = {}
    for entry in sorted(card, key=lambda entry: "PREF" not in entry.types):
        kind = " ".join(sorted(entry.types))
        for field, text in _values(entry):
            if field and text.strip():
                cells.setdefault(field, []).append(Cell(entry.name, text, kind))
    _drop_company_as_person(cells)
    return _one_address(cells)


def _values(entry: Property) -> list[tuple[str | None, str]]:
    if entry.name == "TEL" and not entry.types.isdisjoint(_NOT_SPOKEN):
        return []
    if entry.name == "GEO":
        coordinates = entry.value.lower().removeprefix("geo:").replace(";", ",").split(",")
        return list(zip(("latitude", "longitude"), coordinates, strict=False))
    if entry.name in _PARTS:
        parts = [unescape(part) for part in split_escaped(entry.value)]
        return list(zip(_PARTS[entry.name], parts, strict=False))
    text = unescape(entry.value)
    if entry.name == "TEL":
        text = text.removeprefix("tel:").replace(";ext=", " ext. ")
    return [(_WHOLE.get(entry.name), text)]


def _drop_company_as_person(cells: Cells) -> None:
    """Drop FN from the card of a company: there it repeats the company's name."""
    names = {cell.text for cell in cells.get("full_name", ())}
    companies = {cell.text for cell in cells.get("company", ())}
    if "last_name" not in cells and "first_name" not in cells and names <= companies:
        cells.pop("full_name", None)


def _one_address(cells: Cells) -> Cells:
    """Keep the first street: a second one belongs to another address."""
    if "street" in cells:
        cells["street"] = cells["street"][:1]
    return cells
