"""What was promised and booked in a conversation, written in the same unit as the conversation."""

from dataclasses import dataclass
from datetime import date, datetime

from pwa.db import session
from pwa.models import Booking, Client, Contact, User
from pwa.operations.promises import promises
from pwa.rules.vocabulary.enums import Kind


@dataclass(frozen=True, slots=True)
class Promised:
    """What we said we would do, in the words used, and the day we gave."""

    words: str
    due: date


@dataclass(frozen=True, slots=True)
class Commitments:
    """The promises given in a conversation, and the moment of the next one."""

    promises: tuple[Promised, ...] = ()
    next_talk: datetime | None = None


NOTHING = Commitments()


def write(
    client: Client, contact: Contact | None, user: User, at: datetime, kind: Kind, said: Commitments
) -> None:
    """Add the rows of what was agreed at the moment `at`; the caller settles the client."""
    for one in said.promises:
        promises.write(client, contact, one.words, one.due, user, at)
    if said.next_talk:
        session.add(Booking(client=client, contact=contact, kind=kind, at=said.next_talk))
