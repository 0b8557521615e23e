"""What follows from a book and is stored with it: what counts, what is settled, how it is found."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from pwa.db import session
from pwa.models import Base, Booking, Client, Contact, Interaction, Preference, Recovery
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import put
from pwa.operations.book_files.matching import with_ref
from pwa.operations.book_files.sections import RECOVERIES
from pwa.operations.client_state.booking_settlement import concerned, fact, settled
from pwa.operations.client_state.loader import zone_named
from pwa.operations.client_state.preference_compliance import Judged, judge
from pwa.operations.clients.search import SearchableContact, match_key, search_key
from pwa.rules.contact import contact_events as rules


def settle(hand: ClientWriter) -> None:
    """Write what follows from the conversations; contacts have ids, the rest need not yet."""
    for row, judged in _judged(hand):
        hand.note(put(row, {"reached": judged.reached, "stamp": judged.stamp}))
    valid = valid_facts(hand.rows[Interaction])
    for booking in hand.rows[Booking]:
        if booking.settled_at is None and booking.cancelled_at is None:
            hand.note(put(booking, {"settled_at": settled(booking, valid, hand.contacts)}))
    recoveries = {row.ref: row for row in hand.rows[Recovery]}
    for place, given in hand.entries("recoveries"):
        recovery = recoveries[str(with_ref(RECOVERIES, given, place)["ref"])]
        if "live" not in given and recovery.live is None:
            hand.note(put(recovery, {"live": first_live(recovery, valid, hand.contacts)}))


def store_keys(hands: Iterable[ClientWriter]) -> None:
    """Write how the clients are found. Nobody edits a key, so no version moves."""
    changed = []
    for hand in hands:
        client, keys = hand.client, _keys(hand)
        if keys != (client.search_key, client.match_key):
            hand.note(True)
            changed.append({"row": client.id, "search": keys[0], "match": keys[1]})
            set_committed_value(client, "search_key", keys[0])
            set_committed_value(client, "match_key", keys[1])
    if changed:
        table = Base.metadata.tables[Client.__tablename__]
        by_id = sa.update(table).where(table.c.id == sa.bindparam("row"))
        by_id = by_id.values(search_key=sa.bindparam("search"), match_key=sa.bindparam("match"))
        session.connection().execute(by_id, changed)


def _keys(hand: ClientWriter) -> tuple[str, str]:
    client = hand.client
    people = [
        SearchableContact(one.name, one.email, (one.phone or one.phone_given, one.phone_other))
        for one in hand.contacts
    ]
    key = search_key(client.name, client.town, people)
    return key, match_key(client.name, client.town)


def _judged(hand: ClientWriter) -> Iterator[tuple[Interaction, Judged]]:
    """Each interaction with what it was, by what its contact had asked for by that day."""
    answers: dict[int | None, list[Preference]] = {}
    for answer in sorted(hand.rows[Preference], key=lambda one: one.id or 1 << 62):
        answers.setdefault(answer.contact_id, []).append(answer)
    ours = hand.names.zone
    fallback = hand.client.timezone
    zones = {one.id: one.timezone or fallback for one in hand.contacts}
    for row in hand.rows[Interaction]:
        there = zones.get(row.contact_id or 0)
        theirs = zone_named(there) if there else ours
        yield row, judge(row, answers.get(row.contact_id, []), theirs, ours)


def valid_facts(rows: Iterable[Interaction]) -> list[rules.ContactEvent]:
    """Those that no correction replaced, oldest first."""
    facts = [fact(row) for row in rows if row.superseded_at is None]
    return sorted(facts, key=lambda one: one.at)


def first_live(
    recovery: Recovery, valid: list[rules.ContactEvent], contacts: list[Contact]
) -> datetime | None:
    """The first live conversation since it was opened: what a book means that says nothing."""
    who = concerned(recovery.contact_id, contacts)
    for one in valid:
        if rules.settles_recovery(one, who, recovery.opened):
            return one.at
    return None
