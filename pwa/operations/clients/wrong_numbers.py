"""Numbers that reached somebody else: nothing dials them until they are corrected (R21).

The only place that writes `Contact.number_wrong_since`; the rows keep it for lists of the past.
"""

from datetime import datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Contact, Interaction, WrongNumber
from pwa.operations.clients.phone_numbers import set_numbers
from pwa.rules.vocabulary.phones import PhoneNumber


def report(contact: Contact, call: Interaction) -> None:
    """The number of the contact was wrong in `call`; a second report changes nothing."""
    if contact.number_wrong_since is None:
        contact.number_wrong_since = call.at
        session.add(WrongNumber(contact_id=contact.id, number=contact.phone, at=call.at))


def settle(contact: Contact, now: datetime) -> None:
    """A number was found, or the known one is right."""
    contact.number_wrong_since = None
    still_open = WrongNumber.settled_at.is_(None)
    rows = sa.update(WrongNumber).where(WrongNumber.contact_id == contact.id, still_open)
    session.execute(rows.values(settled_at=now))


def correct(contact: Contact, number: PhoneNumber, now: datetime) -> None:
    """Puts the right number in the place of the wrong one, whether the contact had it or not."""
    known = next((each for each in contact.numbers if each.number == number.number), number)
    passed = (number.number, contact.phone)
    rest = [each for each in contact.numbers if each.number not in passed]
    set_numbers(contact, [known, *rest], known)
    contact.phone_given = None
    settle(contact, now)


def settle_if_changed(contact: Contact, before: str | None, now: datetime) -> None:
    """After an edit: settled once another number than the wrong one is there."""
    if contact.number_wrong_since and contact.phone and contact.phone != before:
        settle(contact, now)


def take_back(call: Interaction) -> None:
    """The number was not wrong after all: the call that said so is corrected."""
    contact = call.contact
    if contact is None:
        return
    if contact.number_wrong_since == call.at:
        contact.number_wrong_since = None
    of_call = (WrongNumber.contact_id == contact.id, WrongNumber.at == call.at)
    session.execute(sa.delete(WrongNumber).where(*of_call))
