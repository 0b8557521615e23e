"""What was said and written at a client, and the row that follows from it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from pwa.operations.day_list import day_list
from pwa.operations.text.reason_text import why_line
from pwa.rules.vocabulary.enums import Channel, Kind, Outcome
from tests import factories
from tests.factories import NOW


def person(client, name="Dana Whitfield", channel=Channel.PHONE, **values):
    made = factories.contact(client, name)
    factories.preference(made, channel, **values)
    return made


def happened(contact, days_ago, outcome=Outcome.SPOKE, kind=Kind.CALL, **values):
    at = NOW - timedelta(days=days_ago)
    made = {"reached": outcome in {Outcome.SPOKE, Outcome.VISITED}, "at": at, **values}
    return factories.interaction(
        contact.client, contact_id=contact.id, kind=kind, outcome=outcome, received_at=at, **made
    )


def wrote(contact, days_ago, **values):
    return happened(contact, days_ago, Outcome.WRITTEN, Kind.EMAIL, **values)


def row_after(client, days):
    """The client's row so many days from now, though nothing was written since today."""
    now = NOW + timedelta(days=days)
    rows = day_list.for_manager(client.owner, now).rows
    return next((row for row in rows if row.client_id == client.id), None)


def line(row, days=0):
    return why_line(row, NOW + timedelta(days=days), ZoneInfo("Europe/Oslo"))
