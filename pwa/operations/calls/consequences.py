"""What follows from a wrong number, a colleague who answered, and a contact who left (R2, R21)."""

from dataclasses import dataclass
from datetime import datetime

from pwa.models import Interaction
from pwa.operations.clients import contacts, wrong_numbers
from pwa.operations.clients.clients import ContactFacts, refresh_keys
from pwa.rules.vocabulary.enums import Outcome
from pwa.rules.vocabulary.phones import PhoneNumber

INTRODUCES = frozenset({Outcome.COLLEAGUE_ANSWERED, Outcome.LEFT})


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was found out on the way: the right `number` of the contact, and a new contact
    at the client (`introduced`)."""

    number: PhoneNumber | None = None
    introduced: ContactFacts | None = None


NO_FOLLOW_UP = FollowUp()


def apply(row: Interaction, follow_up: FollowUp, now: datetime) -> None:
    """Applies what follows from a new outcome; the caller refreshes due dates."""
    if follow_up.introduced and row.outcome in INTRODUCES:
        contacts.add(row.client, follow_up.introduced, now)
    if row.contact is None:
        return
    if row.outcome is Outcome.LEFT:
        contacts.archive(row.contact, row.at, now)
    elif row.outcome is Outcome.WRONG_NUMBER:
        wrong_numbers.report(row.contact, row)
        if follow_up.number:
            wrong_numbers.correct(row.contact, follow_up.number, now)
            refresh_keys(row.client)  # the search finds the right number


def undo(row: Interaction, now: datetime) -> None:
    """Undoes what followed from an outcome that is corrected; a new contact stays."""
    if row.contact is None:
        return
    if row.outcome is Outcome.LEFT:
        contacts.restore(row.contact, now)
    elif row.outcome is Outcome.WRONG_NUMBER:
        wrong_numbers.take_back(row)
