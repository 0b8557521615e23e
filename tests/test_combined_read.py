"""One statement for several SELECTs: each part comes back under its own names and types."""

from datetime import date, datetime
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa

from pwa.combined_read import CombinedRead
from pwa.db import session
from pwa.models import Client, Contact, Interaction, Promise, Recovery
from pwa.models.base import UtcDateTime
from pwa.rules.vocabulary.enums import Outcome, Severity
from tests import factories
from tests.factories import NOW


class PromiseRow(NamedTuple):
    words: str
    due: date
    kept: date | None


class RecoveryRow(NamedTuple):
    opened: datetime
    severity: Severity | None
    cause: str
    is_live: bool
    checks: list[Any] | None


class TalkRow(NamedTuple):
    id: int
    at: datetime
    outcome: Outcome


class NameRow(NamedTuple):
    name: str


class LookBack(NamedTuple):
    promises: list[PromiseRow]
    recoveries: list[RecoveryRow]
    talks: list[TalkRow]
    names: list[NameRow]


CLIENT = sa.bindparam("client", type_=sa.Integer())


def promises():
    # in another order than the named tuple has
    return sa.select(Promise.kept, Promise.due, Promise.words).where(Promise.client_id == CLIENT)


def recoveries():
    return sa.select(
        Recovery.cause,
        Recovery.opened,
        Recovery.severity,
        Recovery.checks,
        Recovery.live.is_not(None).label("is_live"),
    ).where(Recovery.client_id == CLIENT)


def talks():
    until = sa.bindparam("until", type_=UtcDateTime())
    return sa.select(Interaction.id, Interaction.at, Interaction.outcome).where(
        Interaction.client_id == CLIENT, Interaction.at <= until
    )


def names():
    return sa.select(Contact.name).where(Contact.client_id == CLIENT)


@pytest.fixture(scope="module")
def look_back():
    return CombinedRead(
        LookBack, promises=promises(), recoveries=recoveries(), talks=talks(), names=names()
    )


@pytest.fixture
def client(db):
    return factories.client(factories.user())


def test_parts_come_back_under_their_own_names_and_types(db, client, look_back):
    factories.promise(client, due=date(2026, 3, 4), kept=date(2026, 3, 3))
    checks = [{"due": "2026-04-01", "done": None}]
    recovery = factories.recovery(client, severity=Severity.HIGH, checks=checks)
    talk = factories.interaction(client, at=NOW)

    rows = look_back.read({"client": client.id, "until": NOW})

    assert rows.promises == [
        PromiseRow("send the switch quote", date(2026, 3, 4), date(2026, 3, 3))
    ]
    assert rows.recoveries == [
        RecoveryRow(recovery.opened, Severity.HIGH, "Delivery missing", False, checks)
    ]
    assert rows.talks == [TalkRow(talk.id, NOW, talk.outcome)]
    assert rows.names == [NameRow(contact.name) for contact in client.contacts]
    assert rows.recoveries[0].severity is Severity.HIGH
    assert rows.recoveries[0].is_live is False
    assert rows.talks[0].at.tzinfo is not None


def test_null_stays_none_in_every_type(db, client, look_back):
    factories.recovery(client, severity=None, checks=None)
    factories.promise(client, kept=None)

    rows = look_back.read({"client": client.id, "until": NOW})

    assert (rows.recoveries[0].severity, rows.recoveries[0].checks) == (None, None)
    assert rows.promises[0].kept is None


def test_a_part_without_rows_is_an_empty_list(db, client, look_back):
    rows = look_back.read({"client": 0, "until": NOW})

    assert rows == LookBack([], [], [], [])


def test_parameters_are_those_of_each_read(db, client, look_back):
    colleague = factories.client(client.owner)
    factories.promise(client, "mine")
    factories.promise(colleague, "theirs")

    read = [
        [row.words for row in look_back.read({"client": number, "until": NOW}).promises]
        for number in (client.id, colleague.id)
    ]

    assert read == [["mine"], ["theirs"]]


def test_pending_rows_are_flushed_before_the_read(db, client, look_back):
    with session.no_autoflush:
        factories.promise(client)
        rows = look_back.read({"client": client.id, "until": NOW})

    assert len(rows.promises) == 1


def test_one_statement_reads_all_parts(app, db, client, look_back):
    look_back.read({"client": client.id, "until": NOW})
    statements = []
    engine = app.extensions["engine"]

    def count(*call):
        statements.append(call[2])

    sa.event.listen(engine, "before_cursor_execute", count)
    look_back.read({"client": client.id, "until": NOW})
    sa.event.remove(engine, "before_cursor_execute", count)

    assert len(statements) == 1


def test_a_cte_may_be_shared_by_several_parts(db, client):
    ids: Any = sa.bindparam("ids", expanding=True)
    chosen = sa.select(Client.id).where(Client.id.in_(ids)).cte("chosen")
    is_chosen = sa.select(chosen.c.id)
    factories.promise(client)

    rows = CombinedRead(
        LookBack,
        promises=sa.select(Promise.words, Promise.due, Promise.kept).where(
            Promise.client_id.in_(is_chosen)
        ),
        recoveries=recoveries().where(Recovery.client_id.in_(is_chosen)),
        talks=talks(),
        names=sa.select(Contact.name).where(Contact.client_id.in_(is_chosen)),
    ).read({"ids": [client.id], "client": client.id, "until": NOW})

    assert [len(part) for part in rows] == [1, 0, 0, len(client.contacts)]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"names": names()}, "LookBack has promises, recoveries, talks, names"),
        (
            {"names": sa.select(Contact.role)},
            "LookBack.names has name; selected is role",
        ),
        (
            {"names": sa.select(Contact.name, Contact.role)},
            "LookBack.names has name; selected is name, role",
        ),
        ({"names": sa.select(sa.null().label("name"))}, "name has no type"),
        (
            {"names": names(), "birthdays": names()},
            "selected is promises, recoveries, talks, names, birthdays",
        ),
    ],
    ids=["missing part", "wrong column", "surplus column", "untyped column", "surplus part"],
)
def test_names_that_do_not_fit_are_refused_when_it_is_made(parts, message):
    fitting = {"promises": promises(), "recoveries": recoveries(), "talks": talks()}
    if message.startswith("LookBack has"):
        del fitting["talks"]

    with pytest.raises(ValueError, match=message):
        CombinedRead(LookBack, **fitting, **parts)
