"""Writes a synthetic book with bulk inserts."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import (
    Booking,
    Cadence,
    Client,
    Contact,
    Interaction,
    Preference,
    Promise,
    Role,
    ServiceRequest,
    User,
)
from pwa.operations.accounts import passwords, users
from pwa.operations.client_state import due_dates
from pwa.operations.synthetic.draw import Draw, Row

BATCH = 2000
LARGE, SMALL = 5000, 200
TEAM = "Bench"

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class SyntheticBook:
    """The managers (e-mail to number of clients) and the password that they share."""

    password: str
    managers: dict[str, int]


def clients_per_manager(managers: int, clients: int) -> list[int]:
    """The number of clients of each manager.

    The first has 5,000 and the second 200 if at least one client is left for every other manager;
    else all have about the same number.
    """
    rest = clients - LARGE - SMALL
    fixed = [LARGE, SMALL] if managers > 2 and rest >= managers - 2 else []
    even = managers - len(fixed)
    share, remainder = divmod(clients - sum(fixed), even)
    return fixed + [share + (index < remainder) for index in range(even)]


def exists() -> bool:
    """Whether a synthetic book is stored."""
    return bool(session.scalar(sa.select(User.id).where(User.email == _email(1))))


def make(
    managers: int,
    clients: int,
    seed: int,
    now: datetime,
    progress: Progress = lambda _done, _all: None,
) -> SyntheticBook:
    """Write `clients` clients with history for `managers` managers; call it in a transaction."""
    book = SyntheticBook(secrets.token_urlsafe(12), {})
    owners = _managers(managers, book.password, now)
    parts = dict(zip(owners, clients_per_manager(managers, clients), strict=True))
    book.managers.update({owners[owner_id]: count for owner_id, count in parts.items()})
    draw = Draw(seed, now)
    line = enumerate(part for part in parts.items() for _ in range(part[1]))
    done = 0
    while batch := list(islice(line, BATCH)):
        ids = _write(draw, batch)
        due_dates.refresh_due_dates(ids, now)
        done += len(ids)
        progress(done, clients)
    return book


def _managers(count: int, password: str, now: datetime) -> dict[int, str]:
    team = users.team_named(TEAM)
    shared = passwords.hasher.hash(password)
    rows = [
        User(
            email=_email(number),
            name=f"Manager {number}",
            role=Role.MANAGER,
            team_id=team.id,
            timezone="Europe/Oslo",
            password_hash=shared,
            created_at=now,
        )
        for number in range(1, count + 1)
    ]
    session.add_all(rows)
    session.flush()
    return {row.id: row.email for row in rows}


def _email(number: int) -> str:
    return f"manager{number}@bench.example"


def _write(draw: Draw, batch: list[tuple[int, tuple[int, int]]]) -> list[int]:
    drawn = [
        (share, *draw.client(f"bench-{number}", number, owner, share))
        for number, (owner, share) in batch
    ]
    contact_rows = [
        draw.contacts(row, number) for (number, _), (_, row, _) in zip(batch, drawn, strict=True)
    ]
    ids = _insert(Client, [row for _, row, _ in drawn])
    contacts = _insert(
        Contact,
        [
            {**contact, "client_id": client_id}
            for client_id, rows in zip(ids, contact_rows, strict=True)
            for contact in rows
        ],
    )
    first = iter(contacts)
    groups = [list(islice(first, len(rows))) for rows in contact_rows]
    primary = [group[0] for group in groups]
    rows = zip(ids, primary, drawn, strict=True)
    for model, child_rows in _children(draw, rows).items():
        if child_rows:
            session.execute(sa.insert(model.__table__), child_rows)
    return ids


def _children(draw: Draw, clients: Iterator[Any]) -> dict[Any, list[Row]]:
    rows: dict[Any, list[Row]] = {
        model: [] for model in (Cadence, Preference, Interaction, Promise, ServiceRequest, Booking)
    }
    for client_id, contact_id, (share, client, stage) in clients:
        talks = draw.talks(stage, client["timezone"])
        parents = {"client_id": client_id, "contact_id": contact_id}
        since = talks[0]["at"].date()
        cadence = {"client_id": client_id, "stage": stage, "since": since}
        rows[Cadence].append({**cadence, "created_at": draw.now})
        rows[Interaction] += [{**talk, **parents, "user_id": client["owner_id"]} for talk in talks]
        if answer := draw.preference():
            rows[Preference].append({**answer, "contact_id": contact_id})
        for model, row in (
            (Promise, draw.promise(share)),
            (ServiceRequest, draw.request()),
            (Booking, draw.booking(share)),
        ):
            if row:
                rows[model].append({**row, **parents})
    return rows


def _insert(model: Any, rows: list[Row]) -> list[int]:
    """Insert and return the ids in the order of the rows."""
    table = model.__table__
    query = sa.insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(session.scalars(query, rows))
