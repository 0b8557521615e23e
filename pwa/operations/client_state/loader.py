"""Reads what the rules need to know about clients, as it stood at a moment.

Three queries for up to `AT_ONCE` clients, two more for each further lot; and one more for those
where what was said and written lately brings something up (`contact_history`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.calendars import for_country
from pwa.db import read
from pwa.models import Client
from pwa.operations.client_state.call_durations import past_minutes
from pwa.operations.client_state.client_rows import contact_of, contacts_query, heads, zone_named
from pwa.operations.client_state.contact_history import RecentContact, recent_contact
from pwa.operations.client_state.map_place import MapPlace
from pwa.operations.client_state.open_items import OpenItems, open_items
from pwa.rules.day_list import client_state
from pwa.rules.day_list.postponements import consecutive_postponements
from pwa.rules.scheduling.cadence import CadenceAgreement, IntensificationTerms
from pwa.rules.vocabulary.enums import ClientStatus, RowKind, Stage, Tier
from pwa.rules.vocabulary.timezones import local_day, moment

_KINDS = {"call": RowKind.CALL, "video": RowKind.VIDEO, "visit": RowKind.VISIT}
AT_ONCE = 2000  # each number is a parameter of seven arms, and SQLite takes 32,766 in a statement


@dataclass(slots=True)
class LoadedClient:
    """A client's facts and the zone and days of the manager who looks after it.

    `due_on` is the first of the stored days, a lower bound of what the rules find. `where` is
    latitude, longitude, address and town: only the few clients that are shown need a `place`.
    """

    client: client_state.ClientState
    manager: client_state.ManagerContext
    owner_id: int
    contacts: dict[int, client_state.ContactState]
    due_on: date | None
    where: tuple[float | None, float | None, str | None, str | None]

    @property
    def place(self) -> MapPlace:
        """Where the client is."""
        latitude, longitude, *words = self.where
        return MapPlace(latitude, longitude, ", ".join(filter(None, words)))


def load_these(ids: Iterable[int], at: datetime, *, ahead: bool = False) -> list[LoadedClient]:
    """The facts of the clients of these numbers; `ahead` as in `load`."""
    return load(_these(), {"these": list(ids)}, at, ahead=ahead)


@cache
def _these() -> sa.Select[int]:
    return sa.select(Client.id).where(Client.id.in_(sa.bindparam("these", expanding=True)))


def load(
    which: sa.Select[int],
    values: dict[str, Any],
    at: datetime,
    *,
    past: bool = False,
    ahead: bool = False,
) -> list[LoadedClient]:
    """The facts of the clients that `which` selects, given the `values` of its parameters.

    Building a statement costs more than running it, so `which` is made once and kept. `past` looks
    up how wishes and lengths stood at `at` as well. What was said lately is looked up only where
    the stored days say that something follows from it by then; with `past` or `ahead` for all.
    """
    client_rows = read(heads(which, past), {**values, "at": at}).all()
    loaded: list[LoadedClient] = []
    for start in range(0, len(client_rows), AT_ONCE):
        loaded += _known_all(client_rows[start : start + AT_ONCE], at, past, past or ahead)
    return loaded


def _known_all(
    client_rows: Sequence[Any], at: datetime, past: bool, everyone: bool
) -> list[LoadedClient]:
    ids = [head.id for head in client_rows]
    zones = {zone_named(head.owner_zone) for head in client_rows}
    today = max(local_day(at, zone) for zone in zones)
    since = min(moment(local_day(at, zone), time(), zone) for zone in zones)
    contacts = _people(ids, at, today, past)
    items = open_items(ids, at, since, today, past=past)
    lengths = past_minutes(ids, at) if past else {}
    raised = {
        head.id
        for head in client_rows
        if everyone or _is_raised(head, contacts[head.id], items[head.id], today)
    }
    recent = recent_contact(list(raised), at, today)
    return [
        _known(
            head,
            contacts[head.id],
            items[head.id],
            lengths.get(head.id, head.usual_minutes),
            recent[head.id] if head.id in raised else None,
        )
        for head in client_rows
    ]


def _is_raised(
    head: Any, contacts: dict[int, client_state.ContactState], items: OpenItems, today: date
) -> bool:
    """Whether what was said lately may bring something up today.

    A recap may be owed where somebody wants writing, or did when the day was stored, which no
    promise accounts for.
    """
    if head.raised_on is not None and head.raised_on <= today:
        return True
    if head.promised_on is None or head.promised_on > today:
        return False
    if all(promise.due > head.promised_on for promise in items.promises):
        return True
    channels = (contact.preference.channel for contact in contacts.values())
    return any(channel is not None and channel.is_writing for channel in channels)


def _people(
    ids: list[int], at: datetime, today: date, past: bool
) -> dict[int, dict[int, client_state.ContactState]]:
    """Contacts with the wishes valid then, by client, the first listed first."""
    contacts: dict[int, dict[int, client_state.ContactState]] = defaultdict(dict)
    then = {"day": today, "at": at} if past else {}
    for row in read(contacts_query(past), {"ids": ids, **then}).all():
        # A later wish takes an earlier one's place.
        contacts[row.client_id][row.contact_id] = contact_of(*row)
    return contacts


def _known(
    head: Any,
    contacts: dict[int, client_state.ContactState],
    items: OpenItems,
    lengths: dict[str, list[int]],
    recent: RecentContact | None,
) -> LoadedClient:
    zone = zone_named(head.owner_zone)
    dense = head.dense_stage and _dense(head, zone)
    since: date = head.since or local_day(head.created_at, zone)
    there = zone_named(head.timezone) if head.timezone else zone
    client = client_state.ClientState(
        id=head.id,
        name=head.name,
        zone=there,
        cadence=CadenceAgreement(head.stage or Stage.MONTHLY, since, dense),
        tier=head.tier or Tier.C,
        status=head.status or ClientStatus.ACTIVE,
        calendar=for_country(head.country or head.owner_country),
        away=items.away,
        last=head.last,
        new_since=head.new_since,
        contacts=tuple(contacts.values()),
        recoveries=items.recoveries,
        bookings=items.bookings,
        promises=items.promises,
        requests=items.requests,
        tries=items.tries_with(contacts),
        postponed=items.postponed,
        put_off=consecutive_postponements(items.put_off, head.last),
        heard=recent.heard(contacts.values(), head.owner_id, zone) if recent else None,
        lately=recent.exchanges(contacts, there) if recent else (),
        minutes={_KINDS[kind]: past for kind, past in lengths.items() if kind in _KINDS},
    )
    where = (head.latitude, head.longitude, head.address, head.town)
    manager = _manager_context(head.owner_zone, head.owner_country)
    stored = (head.next_due, head.promised_on, head.raised_on)
    due_on = min((day for day in stored if day), default=None)
    return LoadedClient(client, manager, head.owner_id, contacts, due_on, where)


def _dense(head: Any, zone: ZoneInfo) -> IntensificationTerms:
    since = local_day(head.dense_since, zone)
    return IntensificationTerms(head.dense_stage, head.dense_until, head.dense_reason, since)


@lru_cache(maxsize=1024)
def _manager_context(zone: str, country: str | None) -> client_state.ManagerContext:
    return client_state.ManagerContext(zone_named(zone), for_country(country))
