"""What became of a booking, in the book: a word, or in older books the moment it took place."""

from typing import Any

from pwa.models import Booking
from pwa.operations.book_files import history_sections
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import write_entry
from pwa.operations.book_files.references import References
from pwa.operations.book_files.values import MOMENT, choice
from pwa.rules.commitments.bookings import what_became
from pwa.rules.vocabulary.enums import Settled

_WORD = choice(Settled, "word for what became of a booking")


def load_settled(writer: ClientWriter, row: Booking, entry: dict[str, Any], path: str) -> None:
    """Write what became of it; where the book leaves out when, it was at the booked time."""
    raw, columns = entry.get("settled"), {}
    if isinstance(raw, str) and raw[:1].isdigit():
        columns["settled_at"] = MOMENT.read(raw, f"{path}.settled", writer.references)
        word: Settled | None = Settled.HAPPENED
    elif raw is not None:
        word = _WORD.read(raw, f"{path}.settled", writer.references)
        if word is _told_by_time(row, writer.references):
            word = None
    else:
        word = _known(row) if "settled" not in entry else None
    columns["settled"] = word
    if word in (Settled.HAPPENED, Settled.MOVED) and not entry.get("settled_at"):
        columns.setdefault("settled_at", row.settled_at or row.at)
    if word is Settled.CANCELLED and row.cancelled_at is None:
        columns["cancelled_at"] = row.at
    writer.update(row, columns)


def _told_by_time(row: Booking, references: References) -> Settled | None:
    return what_became(None, row.at, references.now, references.zone)


def _known(row: Booking) -> Settled | None:
    if row.cancelled_at is not None:
        return Settled.CANCELLED
    return row.settled or (Settled.HAPPENED if row.settled_at else None)


def write_booking(row: Booking, references: References) -> dict[str, Any]:
    """The entry of a booking; one whose day has passed without an answer is missed."""
    entry = write_entry(history_sections.BOOKINGS, row, references)
    became = what_became(row.settled, row.at, references.now, references.zone)
    return entry | ({"settled": became.value} if became else {})
