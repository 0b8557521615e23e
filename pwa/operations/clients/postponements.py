"""Postponements ("Not now", R21): each is stored as a row until it is undone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Interaction, Postponement, User
from pwa.operations.client_state.loader import load_these
from pwa.rules.day_list import postponements
from pwa.rules.day_list.reasons import reasons_today


@dataclass(frozen=True, slots=True)
class PostponementTerms:
    """The end of a postponement (the beginning of a day where `whole_day`), and its reason."""

    until: datetime
    whole_day: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a postponement of a client has to say (R21).

    `before` counts those since the last conversation, `deadline` is the first of a recovery.
    """

    before: int = 0
    needs_reason: bool = False
    deadline: datetime | None = None


class Undoing(StrEnum):
    """What became of an attempt to undo a postponement."""

    DONE = "done"
    GONE = "gone"  # undone before
    AGAIN = "again"  # put off once more since
    REACHED = "reached"  # there was a conversation since


def in_a_row(client: Client) -> int:
    """The number of postponements since the client's last conversation with us (R21)."""
    moments = session.scalars(sa.select(Postponement.at).where(Postponement.client_id == client.id))
    return postponements.consecutive_postponements(moments, _last_reached(client))


def conditions(client: Client, now: datetime) -> Conditions:
    """What putting the client off at `now` has to say, from all that it is on the list for."""
    (known,) = load_these([client.id], now)
    steps = reasons_today(known.client, known.manager, now)
    before = known.client.put_off
    return Conditions(
        before,
        postponements.needs_a_reason(steps, before),
        postponements.deadline_of(steps),
    )


def postpone(client: Client, terms: PostponementTerms, by: User, now: datetime) -> Postponement:
    """Store the postponement; until its end the client is not on the day list."""
    contact = client.contact
    row = Postponement(
        client_id=client.id,
        contact_id=contact.id if contact else None,
        made_by_id=by.id,
        at=now,
        until=terms.until,
        whole_day=terms.whole_day,
        reason=terms.reason,
    )
    session.add(row)
    session.flush()
    return row


def undo(client: Client, postponement_id: int, at: datetime) -> Undoing:
    """Undo the postponement made at `at`, as long as it is the last word about the client.

    Call it in a transaction that has the client locked. `at` tells it from a later one to which
    the database gave the same number.
    """
    of_client = sa.select(Postponement).where(Postponement.client_id == client.id)
    row = session.scalar(of_client.where(Postponement.id == postponement_id, Postponement.at == at))
    if row is None:
        return Undoing.GONE
    if session.scalar(of_client.where(Postponement.at > row.at).limit(1)):
        return Undoing.AGAIN
    last = _last_reached(client)
    if last is not None and last > row.at:
        return Undoing.REACHED
    session.delete(row)
    return Undoing.DONE


def _last_reached(client: Client) -> datetime | None:
    last = (
        sa.select(sa.func.max(Interaction.at))
        .where(Interaction.client_id == client.id, Interaction.reached)
        .where(Interaction.superseded_at.is_(None))
    )
    return session.scalar(last)
