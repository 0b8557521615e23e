"""Merges a row of a list into its client: empty values are filled, stored ones are kept."""

from typing import Any

import sqlalchemy as sa

from pwa.intake import Row
from pwa.models import Client
from pwa.operations.clients.search import fold
from pwa.operations.imports.contacts import merge_contact
from pwa.operations.imports.matching import ImportedClient, Key
from pwa.operations.imports.messages import CUT, RowProblems
from pwa.rules.scheduling.cadence import usual_stage
from pwa.rules.vocabulary.enums import ClientStatus, Stage, Tier

FIELD = {"address": "street"}  # columns whose name differs from the list's field
_LONGEST = {
    column.name: int(column.type.length)
    for column in Client.__table__.columns
    if isinstance(column.type, sa.String) and column.type.length
}
_STAGES = {stage.value: stage for stage in Stage}
_TIERS = {tier.value: tier for tier in Tier}


def new_client(
    row: Row, key: Key, owner_id: int, region: str, timezone: str | None, problems: RowProblems
) -> ImportedClient:
    """A new client with the values and the contact of the row."""
    values = _values(row, problems)
    values["country"] = values["country"] or region or None
    values["timezone"] = values["timezone"] or timezone
    values["status"] = values["status"] or ClientStatus.ACTIVE
    stage = _STAGES[row.cadence] if row.cadence else usual_stage(values["tier"])
    name = cut_to_column("name", row.company, "company", problems) or row.company
    client = ImportedClient(key, name, owner_id, values, stage=stage)
    client.changed = client.cadence_changed = True
    merge_contact(client, row, problems)
    return client


def merge_client(client: ImportedClient, row: Row, problems: RowProblems) -> bool:
    """Fill empty values of a stored client from the row. Returns whether anything changed."""
    filled = _fill(client, _values(row, problems), problems)
    cadence_changed = _fill_cadence(client, row, problems)
    contact_changed = merge_contact(client, row, problems)
    client.changed = client.changed or filled or contact_changed
    return filled or cadence_changed or contact_changed


def cut_to_column(column: str, text: str | None, field: str, problems: RowProblems) -> str | None:
    """The text cut to the length of its column; a cut is added to `problems`."""
    longest = _LONGEST.get(column)
    if text is None or longest is None or len(text) <= longest:
        return text
    problems.add(field, CUT, count=longest)
    return text[:longest].rstrip()


def _values(row: Row, problems: RowProblems) -> dict[str, Any]:
    texts = {
        "address": row.street,
        "town": row.town,
        "state": row.state,
        "postcode": row.postcode,
        "website": row.website,
    }
    return {
        **{
            name: cut_to_column(name, text, FIELD.get(name, name), problems)
            for name, text in texts.items()
        },
        "country": row.country,
        "timezone": row.timezone,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "tier": _TIERS[row.tier] if row.tier else None,
        "status": ClientStatus(row.status) if row.status else None,
    }


def _fill(client: ImportedClient, values: dict[str, Any], problems: RowProblems) -> bool:
    filled = False
    for name, value in values.items():
        stored = client.values[name]
        if value is None or value == stored:
            continue
        if stored is None:
            client.values[name] = value
            filled = True
        elif isinstance(value, str) and fold(value) != fold(stored):
            problems.add_kept(FIELD.get(name, name), value, stored)
    return filled


def _fill_cadence(client: ImportedClient, row: Row, problems: RowProblems) -> bool:
    """Set the stage of a client without a cadence; an agreed cadence stays (R9)."""
    stage = _STAGES[row.cadence] if row.cadence else None
    if client.stage is None:
        client.stage = stage or usual_stage(client.values["tier"])
        client.cadence_changed = True
        return True
    if stage and stage != client.stage:
        problems.add_kept("cadence", _stage_text(stage), _stage_text(client.stage))
    return False


def _stage_text(stage: Stage) -> str:
    return str(stage).replace("_", " ")
