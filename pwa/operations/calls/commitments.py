"""Promises and the next booking made in a conversation, stored in the same transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from pwa.db import session
from pwa.models import Booking, Client, Contact, User
from pwa.operations.notices import booked
from pwa.operations.promises import promises
from pwa.rules.vocabulary.enums import Kind


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise made: its wording and its due day."""

    words: str
    due: date


@dataclass(frozen=True, slots=True)
class Commitments:
    """The promises made in a conversation, and the time booked for the next one."""

    promises: tuple[Promised, ...] = ()
    next_talk: datetime | None = None


NO_COMMITMENTS = Commitments()


def write(
    client: Client,
    contact: Contact | None,
    user: User,
    at: datetime,
    kind: Kind,
    agreed: Commitments,
    now: datetime,
) -> None:
    """Stores commitments made at `at`; the caller refreshes the client's due dates.

    Reminders are written as of `now`: a call may arrive long after it was made.
    """
    for promise in agreed.promises:
        promises.write(client, contact, promise.words, promise.due, user, at)
    if agreed.next_talk:
        booking = Booking(
            client=client, contact=contact, kind=kind, at=agreed.next_talk, made_at=at
        )
        session.add(booking)
        booked.keep_in_step(booking, now)
