"""The events that a contact's perspective is made of."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Contact, Interaction, InteractionContact
from pwa.operations.client_state.preference_compliance import judge
from pwa.rules.contact import preference
from pwa.rules.vocabulary.enums import Compliance, Direction, Kind, Outcome
from pwa.rules.vocabulary.timezones import local_day, moment

PARTICIPANT: Any = (InteractionContact, InteractionContact.interaction_id == Interaction.id)
_EVENT = (
    Interaction.kind,
    Interaction.direction,
    Interaction.outcome,
    Interaction.at,
    Interaction.reached,
)


_REASONS = (
    sa.or_(
        Interaction.recap_of_id.is_not(None),
        Interaction.recovery_id.is_not(None),
        Interaction.asks_for_time,
    ).label("demanded"),
    Interaction.asks_for_time,
    Interaction.id,
)


_OWN = (Interaction.contact_id, *_EVENT, Interaction.stamp, *_REASONS)


_ALSO = (InteractionContact.contact_id, *_EVENT, InteractionContact.stamp, *_REASONS)


@dataclass(frozen=True, slots=True)
class Event:
    """An interaction with one contact; `demanded` if the rules required it: recap or recovery."""

    contact: int
    day: date
    kind: Kind
    direction: Direction
    outcome: Outcome
    counts: bool
    stamp: Compliance
    demanded: bool


def read_events(
    client: Client, contacts: dict[int, Contact], zone: ZoneInfo, today: date
) -> Iterator[Event]:
    first = moment(today - preference.COMPLIANCE_PERIOD, time(), zone)
    for row in sorted(_rows(client, contacts, first), key=attrgetter("at", "id")):
        contact, kind, direction, outcome, at, reached, stamp, demanded = row[:8]
        stamp = stamp or _compliance_of(row, contacts[contact], zone)
        day = local_day(at, zone)
        yield Event(contact, day, kind, direction, outcome, reached, stamp, demanded)


def _rows(client: Client, contacts: Collection[int], first: datetime) -> Sequence[Any]:
    """The interactions since `first`, once for each of these contacts who took part."""
    own = sa.select(*_OWN).where(Interaction.contact_id.in_(contacts))
    also = (
        sa.select(*_ALSO)
        .select_from(Interaction)
        .join(*PARTICIPANT)
        .where(InteractionContact.contact_id.in_(contacts))
    )
    stands = (Interaction.client_id == client.id, Interaction.superseded_at.is_(None))
    arms = (query.where(*stands, Interaction.at >= first) for query in (own, also))
    return session.execute(sa.union_all(*arms)).all()


def _compliance_of(row: Any, contact: Contact, zone: ZoneInfo) -> Compliance:
    """The compliance of a row stored before compliance was."""
    judged = judge(row, contact.preferences, contact.zone, zone).stamp
    return judged or Compliance.NOT_ASKED
