"""One row of a list and the client it is about: what is new, what is filled, what differs."""

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

FIELD = {"address": "street"}  # where our column is not called as the list's field
_LONGEST = {
    column.name: int(column.type.length)
    for column in Client.__table__.columns
    if isinstance(column.type, sa.String) and column.type.length
}
_STAGES = {stage.value: stage for stage in Stage}
_TIERS = {tier.value: tier for tier in Tier}


def new_client(
    row: Row, key: Key, owner_id: int, region: str, timezone: str | None, notes: RowProblems
) -> ImportedClient:
    """The client of this row, which is not in the book yet."""
    values = _values(row, notes)
    values["country"] = values["country"] or region or None
    values["timezone"] = values["timezone"] or timezone
    values["status"] = values["status"] or ClientStatus.ACTIVE
    stage = _STAGES[row.cadence] if row.cadence else usual_stage(values["tier"])
    name = cut_to_column("name", row.company, "company", notes) or row.company
    place = ImportedClient(key, name, owner_id, values, stage=stage, changed=True, paced=True)
    merge_contact(place, row, notes)
    return place


def merge_client(place: ImportedClient, row: Row, notes: RowProblems) -> bool:
    """Add what the row knows of a client in the book; whether anything came of it."""
    filled = _fill(place, _values(row, notes), notes)
    paced = _fill_cadence(place, row, notes)
    met = merge_contact(place, row, notes)
    place.changed = place.changed or filled or met
    return filled or paced or met


def cut_to_column(column: str, text: str | None, field: str, notes: RowProblems) -> str | None:
    """The text as long as its column holds."""
    longest = _LONGEST.get(column)
    if text is None or longest is None or len(text) <= longest:
        return text
    notes.add(field, CUT, count=longest)
    return text[:longest].rstrip()


def _values(row: Row, notes: RowProblems) -> dict[str, Any]:
    texts = {
        "address": row.street,
        "town": row.town,
        "state": row.state,
        "postcode": row.postcode,
        "website": row.website,
    }
    return {
        **{
            name: cut_to_column(name, text, FIELD.get(name, name), notes)
            for name, text in texts.items()
        },
        "country": row.country,
        "timezone": row.timezone,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "tier": _TIERS[row.tier] if row.tier else None,
        "status": ClientStatus(row.status) if row.status else None,
    }


def _fill(place: ImportedClient, given: dict[str, Any], notes: RowProblems) -> bool:
    filled = False
    for name, value in given.items():
        kept = place.values[name]
        if value is None or value == kept:
            continue
        if kept is None:
            place.values[name] = value
            filled = True
        elif isinstance(value, str) and fold(value) != fold(kept):
            notes.kept(FIELD.get(name, name), value, kept)
    return filled


def _fill_cadence(place: ImportedClient, row: Row, notes: RowProblems) -> bool:
    """Give a client without a cadence one; otherwise the one that was agreed stays (R9)."""
    given = _STAGES[row.cadence] if row.cadence else None
    if place.stage is None:
        place.stage = given or usual_stage(place.values["tier"])
        place.paced = True
        return True
    if given and given != place.stage:
        notes.kept("cadence", _stage_text(given), _stage_text(place.stage))
    return False


def _stage_text(stage: Stage) -> str:
    return str(stage).replace("_", " ")
