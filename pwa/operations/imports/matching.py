"""Clients and contacts as an import sees them: those in the book, and those about to be."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Cadence, Client, Contact, Preference, Team, User
from pwa.operations.clients import search
from pwa.rules.vocabulary.enums import Channel, Stage

Key = tuple[int, str]  # the team's number and the match key
PLACE = (
    *("address", "town", "state", "postcode", "country", "timezone", "website"),
    *("latitude", "longitude", "tier", "status"),
)
PERSON = ("name", "role", "phone", "phone_given", "phone_other", "email", "timezone")


@dataclass(slots=True)
class ImportedContact:
    """A contact; `values` by column of `PERSON`. Without an id it is new."""

    values: dict[str, Any]
    position: int
    id: int | None = None
    channel: Channel | None = None
    preference_id: int | None = None
    changed: bool = False
    asks: bool = False  # the channel is new and has to be written


@dataclass(slots=True)
class ImportedClient:
    """A client; `values` by column of `PLACE`. Without an id it is new."""

    key: Key
    name: str
    owner_id: int
    values: dict[str, Any]
    id: int | None = None
    stage: Stage | None = None
    due: bool = False  # it has a next due day
    people: list[ImportedContact] = field(default_factory=list)
    changed: bool = False
    paced: bool = False  # the stage is new and has to be written

    @property
    def touched(self) -> bool:
        """Whether anything about it has to be written."""
        return self.changed or self.paced or any(person.asks for person in self.people)

    @property
    def search_key(self) -> str:
        """What a search reads."""
        people = (
            search.SearchableContact(one["name"], one["email"], (one["phone"], one["phone_other"]))
            for one in (person.values for person in self.people)
        )
        return search.search_key(self.name, self.values["town"], people)


def load_clients(wanted: Collection[Key]) -> dict[Key, ImportedClient]:
    """The clients of these keys that are in the book, with their contacts, in two queries."""
    found: dict[Key, ImportedClient] = {}
    by_id: dict[int, ImportedClient] = {}
    for row in session.execute(_clients_query(wanted)):
        key = (row.team_id, row.match_key)
        if key not in wanted or key in found:
            continue
        values = {name: getattr(row, name) for name in PLACE}
        due = row.next_due is not None
        place = ImportedClient(key, row.name, row.owner_id, values, row.id, row.stage, due)
        found[key] = by_id[row.id] = place
    for client_id, people in _contacts_by_client(by_id).items():
        by_id[client_id].people = people
    return found


def lock_teams(teams: Iterable[int]) -> None:
    """Let one import at a time look up and add clients of these teams, where rows can be locked."""
    query = sa.select(Team.id).where(Team.id.in_(teams)).order_by(Team.id)
    session.execute(query.with_for_update(key_share=True)).all()


def _clients_query(wanted: Collection[Key]) -> sa.Select[Any]:
    columns = (getattr(Client, name) for name in PLACE)
    return (
        sa.select(
            Client.id,
            Client.name,
            Client.owner_id,
            Client.match_key,
            Client.next_due,
            User.team_id,
            Cadence.stage,
            *columns,
        )
        .join(User, User.id == Client.owner_id)
        .outerjoin(Cadence, (Cadence.client_id == Client.id) & Cadence.ended_at.is_(None))
        .where(Client.match_key.in_({key for _, key in wanted}))
        .where(User.team_id.in_({team for team, _ in wanted}))
        .order_by(Client.id)
        .with_for_update(of=Client)
    )


def _contacts_by_client(client_ids: Collection[int]) -> dict[int, list[ImportedContact]]:
    columns = (getattr(Contact, name) for name in PERSON)
    query = (
        sa.select(
            Contact.id,
            Contact.client_id,
            Contact.position,
            Preference.id.label("preference_id"),
            Preference.channel,
            *columns,
        )
        .outerjoin(Preference, (Preference.contact_id == Contact.id) & Preference.is_current)
        .where(Contact.client_id.in_(client_ids))
        .order_by(Contact.position, Contact.id)
    )
    found: dict[int, list[ImportedContact]] = defaultdict(list)
    for row in session.execute(query) if client_ids else ():
        values = {name: getattr(row, name) for name in PERSON}
        person = ImportedContact(values, row.position, row.id, row.channel, row.preference_id)
        found[row.client_id].append(person)
    return found
