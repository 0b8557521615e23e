"""The contact to reach at a client, and their availability."""

from datetime import date

from pwa.rules.day_list.client_state import ClientState, ContactState
from pwa.rules.scheduling.availability import Availability
from pwa.rules.scheduling.cadence import usable_from
from pwa.rules.vocabulary.calendar import next_working_day


def contact_to_reach(client: ClientState, concerned: int | None = None) -> ContactState | None:
    """The contact with id `concerned`, else the primary one, else the first; None without any."""
    primary = None
    for contact in client.contacts:
        if contact.id == concerned:
            return contact
        if primary is None or (contact.primary and not primary.primary):
            primary = contact
    return primary


def reach_of(client: ClientState, contact: ContactState | None) -> Availability:
    """The availability of `contact`; without one, the default hours in the client's zone."""
    if contact is None:
        return Availability(client.zone, calendar=client.calendar, away=client.away)
    return Availability(
        contact.zone or client.zone, contact.preference, client.calendar, client.away
    )


def first_call_by(client: ClientState, day: date, days: frozenset[int] | None) -> date:
    """The due day of a first call for a client or contact new on `day`: two working days (R25).

    `days` are the contact's weekdays, None for any.
    """
    for _ in range(2):
        day = next_working_day(day, client.calendar)
    return usable_from(day, client.calendar, client.away, days)
