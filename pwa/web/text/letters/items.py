"""Rows as the items of a letter."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from pwa.models import Booking, ServiceRequest
from pwa.operations.promises.owed import OwedPromise
from pwa.web.text.datetime_filters import zone
from pwa.web.text.letters.letter import Item, NextTalk


def requests(rows: Iterable[ServiceRequest]) -> tuple[Item, ...]:
    """Open requests with their days."""
    return tuple(Item(row.title, row.due) for row in rows)


def owed(promises: Iterable[OwedPromise]) -> tuple[Item, ...]:
    """Promises that we owe, the late ones with both of their days."""
    return tuple(Item(owed.promise.words, owed.day, owed.was_due) for owed in promises)


def booked(booking: Booking | None, there: ZoneInfo) -> NextTalk | None:
    """The next booked time by the reader's clock, `there`."""
    if booking is None:
        return None
    at = booking.at.astimezone(there)
    elsewhere = at.utcoffset() != booking.at.astimezone(zone()).utcoffset()
    return NextTalk(booking.kind, at, elsewhere)
