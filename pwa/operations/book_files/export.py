"""Writes the whole book as JSON, a client a line, in bounded memory."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Cover, Team, User
from pwa.operations.book_files import (
    accounts,
    client_dump,
    sections,
    stored_rows,
    team_sections,
    team_settings,
)
from pwa.operations.book_files.fields import Section, write_entry
from pwa.operations.book_files.load import VERSION
from pwa.operations.book_files.references import References

BATCH = 200


def export(now: datetime) -> Iterator[str]:
    """Yields pieces of a JSON text that `load` reads; without passwords and keys."""
    references = References(now)
    accounts.register_accounts(references)
    yield f'{{"version": {VERSION}'
    if changed := team_settings.dump_rule_settings():
        yield f',\n"numbers": {_json(changed)}'
    yield ',\n"teams": [\n' + ",\n".join(map(_json, _teams(references))) + "\n]"
    yield from _list_section("users", sections.USERS, sa.select(User).order_by(User.id), references)
    covers = sa.select(Cover).order_by(Cover.id)
    if session.scalar(sa.select(sa.exists(covers))):
        yield from _list_section("covers", team_sections.COVERS, covers, references)
    yield ',\n"clients": ['
    for index, client in enumerate(_clients(references)):
        yield (",\n" if index else "\n") + _json(client)
    yield "\n]}\n"


def _teams(references: References) -> Iterator[dict[str, Any]]:
    for team in session.scalars(sa.select(Team).order_by(Team.id)):
        yield write_entry(sections.TEAMS, team, references) | team_settings.dump_team_settings(
            team.id
        )


def _list_section(name: str, section: Section, query: Any, references: References) -> Iterator[str]:
    entries = [_json(write_entry(section, row, references)) for row in session.scalars(query)]
    yield f',\n"{name}": [\n' + ",\n".join(entries) + "\n]"


def _clients(references: References) -> Iterator[dict[str, Any]]:
    zones = {user.id: user.timezone for user in session.execute(sa.select(User.id, User.timezone))}
    last = 0
    while True:
        query = sa.select(Client).where(Client.id > last).order_by(Client.id).limit(BATCH)
        batch = session.scalars(query).all()
        if not batch:
            return
        stored = stored_rows.load_stored_rows([client.id for client in batch])
        for client in batch:
            client_references = replace(
                references, zone=ZoneInfo(zones[client.owner_id]), contact_of={}
            )
            yield client_dump.dump_client(client, stored, client_references)
        last = batch[-1].id
        del batch, stored


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
