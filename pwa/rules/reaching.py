"""Whom at a client to reach, and when they can be."""

from pwa.rules.facts import Client, Contact
from pwa.rules.windows import Reach


def contact_to_reach(client: Client, concerned: int | None = None) -> Contact | None:
    """The contact concerned, else the primary one: the first listed unless another is marked."""
    primary = None
    for contact in client.contacts:
        if contact.id == concerned:
            return contact
        if primary is None or (contact.primary and not primary.primary):
            primary = contact
    return primary


def reach_of(client: Client, contact: Contact | None) -> Reach:
    """When `contact` can be called; without a contact, in the client's zone from 8 to 17."""
    if contact is None:
        return Reach(client.zone, calendar=client.calendar, away=client.away)
    return Reach(contact.zone or client.zone, contact.preference, client.calendar, client.away)
