"""Start days of cadences that the book leaves out, spread over a period of the stage (R12)."""

from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from pwa.calendars import for_country
from pwa.db import session
from pwa.models import Client, User
from pwa.operations.book_files.references import References
from pwa.rules.scheduling.cadence import usual_stage
from pwa.rules.scheduling.durations import USUAL
from pwa.rules.scheduling.spread import Newcomer, first_due_days
from pwa.rules.vocabulary.enums import RowKind, Stage, Tier

Entries = list[tuple[str, Any]]


def cadence_start_days(clients: Entries, references: References) -> dict[str, date]:
    """The start of the cadence by client ref, for entries without one.

    With interactions in the book it is the day of the first, else the owner's days fill up evenly.
    Invalid values are skipped: `load` reports them when it reads the entry in full.
    """
    by_owner: dict[int, list[tuple[str, Newcomer]]] = defaultdict(list)
    days: dict[str, date] = {}
    for _, entry in clients:
        cadence = entry.get("cadence") or {}
        if not isinstance(cadence, dict) or cadence.get("since"):
            continue
        ref = str(entry.get("ref"))
        first = _first_conversation_day(entry)
        owner = references.users.get(str(entry.get("owner")).strip().casefold())
        if first:
            days[ref] = first
        elif owner is not None:
            by_owner[owner].append((ref, _newcomer(entry, cadence)))
    for owner, newcomers in by_owner.items():
        days.update(_spread_over_diary(owner, newcomers, references))
    return days


def _first_conversation_day(entry: dict[str, Any]) -> date | None:
    interactions = entry.get("interactions")
    if not isinstance(interactions, list):
        return None
    days = [str(raw.get("at"))[:10] for raw in interactions if isinstance(raw, dict)]
    try:
        return date.fromisoformat(min(days)) if days else None
    except ValueError:
        return None


def _newcomer(entry: dict[str, Any], cadence: dict[str, Any]) -> Newcomer:
    tier = next((tier for tier in Tier if tier.value == entry.get("tier")), None)
    usual = usual_stage(tier)
    stage = next((stage for stage in Stage if stage.value == cadence.get("stage")), usual)
    return Newcomer(tier or Tier.C, stage)


def _spread_over_diary(
    owner_id: int, newcomers: list[tuple[str, Newcomer]], references: References
) -> dict[str, date]:
    owner = session.get_one(User, owner_id)
    today = references.now.astimezone(owner.zone).date()
    due_days = first_due_days(
        [newcomer for _, newcomer in newcomers],
        today,
        for_country(owner.home_country),
        owner.capacity_minutes,
        _planned_minutes(owner_id),
    )
    return {ref: day for (ref, _), day in zip(newcomers, due_days, strict=True)}


def _planned_minutes(owner_id: int) -> dict[date, int]:
    """Minutes of the owner's calls by due day."""
    query = sa.select(Client.next_due, sa.func.count()).where(Client.owner_id == owner_id)
    query = query.where(Client.next_due.is_not(None)).group_by(Client.next_due)
    return {day: count * USUAL[RowKind.CALL] for day, count in session.execute(query) if day}
