"""How often we talk with a client (R8): what was agreed, with whom and from which day."""

from datetime import date, datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Cadence, Client, Contact, User
from pwa.operations.next_steps import settle
from pwa.rules.words import Stage


def agree(
    client: Client, stage: Stage, agreed_with: Contact | None, since: date, by: User, now: datetime
) -> Cadence:
    """A stage from `since` on; the one before ends and is kept. Lock the client first."""
    session.execute(
        sa.update(Cadence)
        .where(Cadence.client_id == client.id, Cadence.ended_at.is_(None))
        .values(ended_at=now)
    )
    cadence = Cadence(
        client_id=client.id,
        stage=stage,
        since=since,
        agreed_with_id=agreed_with.id if agreed_with else None,
        made_by_id=by.id,
        created_at=now,
    )
    session.add(cadence)
    session.flush()
    settle([client.id], now)
    return cadence


def current(client: Client) -> Cadence | None:
    """The cadence that holds now."""
    query = sa.select(Cadence).where(Cadence.client_id == client.id, Cadence.ended_at.is_(None))
    return session.scalar(query)
