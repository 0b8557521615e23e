"""Columns derived from interactions and contacts: compliance, settlement, search keys."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from pwa.db import session
from pwa.models import Base, Booking, Client, Contact, Interaction, Preference, Recovery
from pwa.operations.book_files.client_writer import UNSAVED, ClientWriter
from pwa.operations.book_files.history_sections import RECOVERIES
from pwa.operations.book_files.matching import with_ref
from pwa.operations.client_state.booking_settlement import concerned, facts, settled
from pwa.operations.client_state.client_rows import zone_named
from pwa.operations.client_state.preference_compliance import Judged, judge
from pwa.operations.clients.phone_numbers import digits
from pwa.operations.clients.search import SearchableContact, match_key, search_key
from pwa.rules.contact import contact_events as rules
from pwa.rules.vocabulary.enums import Settled


def write_derived_columns(writer: ClientWriter) -> None:
    """Write compliance, and where the book leaves them out, settled bookings (R22) and the first
    live conversation of recoveries (R15). Contacts need ids, the other rows do not yet."""
    for row, judged in _compliance(writer):
        writer.update(row, {"reached": judged.reached, "stamp": judged.stamp})
    valid = valid_contact_events(writer.rows[Interaction])
    for booking in writer.rows[Booking]:
        if booking.is_open and booking.settled is None:
            happened_at = settled(booking, valid, writer.contacts, writer.references.zone)
            word = Settled.HAPPENED if happened_at else None
            writer.update(booking, {"settled_at": happened_at, "settled": word})
    recoveries = {row.ref: row for row in writer.rows[Recovery]}
    for _, entry in writer.entries("recoveries"):
        recovery = recoveries[str(with_ref(RECOVERIES, entry)["ref"])]
        if "live" not in entry and recovery.live is None:
            writer.update(
                recovery, {"live": first_live_conversation(recovery, valid, writer.contacts)}
            )


def write_search_keys(writers: Iterable[ClientWriter]) -> None:
    """Write search and match keys where they changed. No version moves: nobody edits a key."""
    changed = []
    for writer in writers:
        client, keys = writer.client, _search_and_match_key(writer)
        if keys != (client.search_key, client.match_key):
            writer.mark_changed(True)
            changed.append({"row": client.id, "search": keys[0], "match": keys[1]})
            set_committed_value(client, "search_key", keys[0])
            set_committed_value(client, "match_key", keys[1])
    if changed:
        table = Base.metadata.tables[Client.__tablename__]
        by_id = sa.update(table).where(table.c.id == sa.bindparam("row"))
        by_id = by_id.values(search_key=sa.bindparam("search"), match_key=sa.bindparam("match"))
        session.connection().execute(by_id, changed)


def _search_and_match_key(writer: ClientWriter) -> tuple[str, str]:
    client = writer.client
    contacts = [
        SearchableContact(
            contact.full_name,
            contact.email,
            (*digits(contact.numbers), None if contact.phone else contact.phone_given),
        )
        for contact in writer.contacts
        if contact.archived_at is None
    ]
    key = search_key(client.name, client.town, contacts)
    return key, match_key(client.name, client.town)


def _compliance(writer: ClientWriter) -> Iterator[tuple[Interaction, Judged]]:
    """Each interaction, judged by the preference that its contact had at that time."""
    answers: dict[int | None, list[Preference]] = {}
    for answer in sorted(writer.rows[Preference], key=lambda row: row.id or UNSAVED):
        answers.setdefault(answer.contact_id, []).append(answer)
    owner_zone = writer.references.zone
    client_zone = writer.client.timezone
    names = {contact.id: contact.timezone or client_zone for contact in writer.contacts}
    zones = {contact_id: zone_named(name) for contact_id, name in names.items() if name}
    for row in writer.rows[Interaction]:
        own = zones.get(row.contact_id or 0) or owner_zone
        yield row, judge(row, answers.get(row.contact_id, []), own, owner_zone)
        for also in row.also:
            there = zones.get(also.contact_id) or owner_zone
            theirs = answers.get(also.contact_id, [])
            judged = judge(row, theirs, there, owner_zone, also.contact_id)
            writer.update(also, {"stamp": judged.stamp})


def valid_contact_events(rows: Iterable[Interaction]) -> list[rules.ContactEvent]:
    """The interactions that no correction superseded, oldest first."""
    events = [event for row in rows if row.superseded_at is None for event in facts(row)]
    return sorted(events, key=lambda event: event.at)


def first_live_conversation(
    recovery: Recovery, valid: list[rules.ContactEvent], contacts: list[Contact]
) -> datetime | None:
    """The first live conversation about a recovery since it was opened (R15); None without one."""
    contact_ids = concerned(recovery.contact_id, contacts)
    for event in valid:
        if rules.settles_recovery(event, contact_ids, recovery.opened):
            return event.at
    return None
