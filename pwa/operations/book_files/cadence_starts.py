"""When clients without a start of their own begin: spread over a period of their stage (R12)."""

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


def cadence_start_days(clients: Entries, names: References) -> dict[str, date]:
    """The start of the cadence by ref, for those whose book says none.

    With conversations in the book it is the day of the first, else the days of the owner's diary
    fill up evenly. What cannot be read here is reported where it is read in full.
    """
    by_owner: dict[int, list[tuple[str, Newcomer]]] = defaultdict(list)
    days: dict[str, date] = {}
    for _, given in clients:
        cadence = given.get("cadence") or {}
        if not isinstance(cadence, dict) or cadence.get("since"):
            continue
        ref = str(given.get("ref"))
        first = _first_conversation_day(given)
        owner = names.users.get(str(given.get("owner")).strip().casefold())
        if first:
            days[ref] = first
        elif owner is not None:
            by_owner[owner].append((ref, _newcomer(given, cadence)))
    for owner, newcomers in by_owner.items():
        days.update(_spread_over_diary(owner, newcomers, names))
    return days


def _first_conversation_day(given: dict[str, Any]) -> date | None:
    said = given.get("interactions")
    if not isinstance(said, list):
        return None
    days = [str(one.get("at"))[:10] for one in said if isinstance(one, dict)]
    try:
        return date.fromisoformat(min(days)) if days else None
    except ValueError:
        return None


def _newcomer(given: dict[str, Any], cadence: dict[str, Any]) -> Newcomer:
    tier = next((one for one in Tier if one.value == given.get("tier")), None)
    stage = next((one for one in Stage if one.value == cadence.get("stage")), usual_stage(tier))
    return Newcomer(tier or Tier.C, stage)


def _spread_over_diary(
    owner_id: int, newcomers: list[tuple[str, Newcomer]], names: References
) -> dict[str, date]:
    owner = session.get_one(User, owner_id)
    today = names.now.astimezone(owner.zone).date()
    due_days = first_due_days(
        [newcomer for _, newcomer in newcomers],
        today,
        for_country(owner.home_country),
        owner.capacity_minutes,
        _planned_minutes(owner_id),
    )
    return {ref: day for (ref, _), day in zip(newcomers, due_days, strict=True)}


def _planned_minutes(owner_id: int) -> dict[date, int]:
    """The minutes that the owner's diary holds already."""
    query = sa.select(Client.next_due, sa.func.count()).where(Client.owner_id == owner_id)
    query = query.where(Client.next_due.is_not(None)).group_by(Client.next_due)
    return {day: count * USUAL[RowKind.CALL] for day, count in session.execute(query) if day}
