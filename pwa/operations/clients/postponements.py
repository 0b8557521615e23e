"""Postponements ("Not now", R21): each is stored as a row."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Interaction, Postponement, User
from pwa.rules.day_list import postponements


@dataclass(frozen=True, slots=True)
class PostponementTerms:
    """The end of a postponement (the beginning of a day where `whole_day`), and its reason."""

    until: datetime
    whole_day: bool
    reason: str


def in_a_row(client: Client) -> int:
    """The number of postponements since the client's last conversation with us (R21)."""
    last = (
        sa.select(sa.func.max(Interaction.at))
        .where(Interaction.client_id == client.id, Interaction.reached)
        .where(Interaction.superseded_at.is_(None))
    )
    moments = session.scalars(sa.select(Postponement.at).where(Postponement.client_id == client.id))
    return postponements.consecutive_postponements(moments, session.scalar(last))


def postpone(client: Client, terms: PostponementTerms, by: User, now: datetime) -> None:
    """Store the postponement; until its end the client is not on the day list."""
    contact = client.contact
    session.add(
        Postponement(
            client_id=client.id,
            contact_id=contact.id if contact else None,
            made_by_id=by.id,
            at=now,
            until=terms.until,
            whole_day=terms.whole_day,
            reason=terms.reason,
        )
    )
