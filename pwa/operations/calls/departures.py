"""What is left with a contact who left: moved to another contact, or dropped (R17, R25)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Booking, Contact, Preference, Promise, Recovery, User
from pwa.operations.calls import bookings
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.common.audit_log import audit_client
from pwa.operations.notices import booked
from pwa.operations.recoveries import recoveries

Item = Promise | Booking | Recovery | Preference


class Handling(StrEnum):
    """What is done with an item; without any it stays as it is."""

    MOVE = "move"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class OpenWithContact:
    """What is open with a contact, and the preference that they gave."""

    promises: list[Promise]
    bookings: list[Booking]
    recoveries: list[Recovery]
    preference: Preference | None

    @property
    def items(self) -> dict[str, Item]:
        """Each item by the name of its control."""
        named: dict[str, Item] = {f"promise-{row.id}": row for row in self.promises}
        named |= {f"booking-{row.id}": row for row in self.bookings}
        named |= {f"recovery-{row.id}": row for row in self.recoveries}
        return named | ({"preference": self.preference} if self.preference else {})


def open_with(contact: Contact) -> OpenWithContact:
    """What is open with a contact, oldest first."""
    promises = sa.select(Promise).where(Promise.contact_id == contact.id, Promise.kept.is_(None))
    booked_times = sa.select(Booking).where(
        Booking.contact_id == contact.id,
        Booking.settled_at.is_(None),
        Booking.cancelled_at.is_(None),
    )
    wrong = sa.select(Recovery).where(Recovery.contact_id == contact.id, Recovery.closed.is_(None))
    return OpenWithContact(
        list(session.scalars(promises.order_by(Promise.falls_due, Promise.id))),
        list(session.scalars(booked_times.order_by(Booking.at))),
        list(session.scalars(wrong.order_by(Recovery.opened, Recovery.id))),
        contact.preference,
    )


def handle(
    contact: Contact,
    answers: Mapping[str, Handling],
    successor: Contact | None,
    by: User,
    now: datetime,
) -> None:
    """Moves items to the successor, or drops them; `answers` by the names of `items`."""
    client = contact.client
    for name, item in open_with(contact).items.items():
        answer = answers.get(name)
        if answer is Handling.DROP:
            _drop(item, contact, by, now)
        elif answer is Handling.MOVE and successor is not None:
            _move(item, successor, by, now)
    session.flush()
    handled = {name: answer.value for name, answer in answers.items()}
    audit_client(client, "contact left", by, now, contact=contact.id, handled=handled)
    refresh_due_dates([client.id], now)


def _move(item: Item, successor: Contact, by: User, now: datetime) -> None:
    if isinstance(item, Preference):
        _copy_preference(item, successor, by, now)
        return
    item.contact_id = successor.id
    session.flush()
    session.expire(item)
    if isinstance(item, Booking):
        booked.keep_in_step(item, now)


def _copy_preference(stated: Preference, successor: Contact, by: User, now: datetime) -> None:
    """The successor is taken to want the same until they are asked; an own answer stays."""
    if successor.preference is None or successor.preference.channel is None:
        for earlier in successor.preferences:
            earlier.is_current = False
        session.flush()
        copied = ("channel", "days", "opens", "closes", "how_often", "about")
        values = {name: getattr(stated, name) for name in copied}
        successor.preferences.append(
            Preference(**values, recorded_at=now, recorded_by_id=by.id, is_current=True)
        )


def _drop(item: Item, contact: Contact, by: User, now: datetime) -> None:
    why = f"{contact.name} left"
    if isinstance(item, Promise):
        audit_client(contact.client, "promise dropped", by, now, words=item.words, why=why)
        session.delete(item)
    elif isinstance(item, Booking):
        bookings.cancel(item, now)
    elif isinstance(item, Recovery):
        recoveries.close(item, why, by, now)
