"""Several reads in one statement, each handed back as what it was asked for."""

from datetime import date
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa

from pwa.combined_read import CombinedRead
from pwa.models import Client, Contact, Promise
from pwa.rules.vocabulary.enums import Tier
from tests import factories


class ClientRow(NamedTuple):
    id: int
    name: str
    tier: Tier | None
    has_phone: bool


class PromiseRow(NamedTuple):
    words: str
    due: date
    kept: date | None


class Rows(NamedTuple):
    clients: list[ClientRow]
    promises: list[PromiseRow]


class TierRow(NamedTuple):
    tier: Tier | None


class NameRow(NamedTuple):
    name: str


class Names(NamedTuple):
    tiers: list[TierRow]
    names: list[NameRow]


has_phone = sa.exists(sa.select(Contact.id).where(Contact.phone.is_not(None))).label("has_phone")
CLIENTS = sa.select(Client.id, Client.name, Client.tier, has_phone)
PROMISES = sa.select(Promise.words, Promise.due, Promise.kept)


@pytest.fixture
def client(db):
    row = factories.client(factories.user(), name="Halden Freight", tier=Tier.A)
    factories.contact(row)
    factories.promise(row, "send the quote", due=date(2026, 11, 20))
    db.commit()
    return row


def test_each_part_has_its_own_names_and_types(client, count_queries):
    rows = CombinedRead(Rows, clients=CLIENTS, promises=PROMISES).read({})
    assert rows.clients == [ClientRow(client.id, "Halden Freight", Tier.A, True)]
    assert rows.promises == [PromiseRow("send the quote", date(2026, 11, 20), None)]
    assert rows.clients[0].has_phone is True
    assert len(count_queries) == 1


def test_a_part_without_rows_is_empty(client):
    none = PROMISES.where(Promise.kept.is_not(None))
    rows = CombinedRead(Rows, clients=CLIENTS, promises=none).read({})
    assert (len(rows.clients), rows.promises) == (1, [])


def test_a_part_of_one_column_comes_as_its_row_too(client):
    rows = CombinedRead(Names, tiers=sa.select(Client.tier), names=sa.select(Contact.name))
    read = rows.read({})
    assert read.tiers == [TierRow(Tier.A)]
    assert [row.name for row in read.names] == [contact.name for contact in client.contacts]


def test_parameters_are_shared_by_all_parts(client):
    number: Any = sa.bindparam("client")
    read = CombinedRead(
        Rows,
        clients=CLIENTS.where(Client.id == number),
        promises=PROMISES.where(Promise.client_id == number),
    )
    assert [len(part) for part in read.read({"client": client.id})] == [1, 1]
    assert [len(part) for part in read.read({"client": client.id + 1})] == [0, 0]


def test_what_is_selected_has_to_bear_the_names_of_its_row():
    with pytest.raises(ValueError, match=r"Rows\.promises has words, due, kept"):
        CombinedRead(Rows, clients=CLIENTS, promises=sa.select(Promise.words, Promise.due))
    with pytest.raises(ValueError, match="Rows has clients, promises"):
        CombinedRead(Rows, clients=CLIENTS)


def test_a_column_without_a_type_is_refused():
    untyped = sa.select(Promise.words, Promise.due, sa.func.something().label("kept"))
    with pytest.raises(ValueError, match="kept has no type"):
        CombinedRead(Rows, clients=CLIENTS, promises=untyped)
