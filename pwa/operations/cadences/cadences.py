"""Cadences of a client (R8, R9): agreed with a contact, or planned by the manager."""

from datetime import date, datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Agreement, Cadence, Client, Contact, User
from pwa.models.cadence import Answer
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.common.audit_log import audit_client
from pwa.rules.scheduling.taper import is_slower, next_slower
from pwa.rules.vocabulary.enums import Stage


def agree(
    client: Client, stage: Stage, agreed_with: Contact | None, since: date, by: User, now: datetime
) -> Cadence:
    """Starts a cadence on `since`; the previous one ends and is kept. Lock the client first."""
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
    refresh_due_dates([client.id], now)
    return cadence


def answer(
    client: Client,
    contact: Contact | None,
    stage: Stage,
    response: Answer,
    on: date,
    by: User,
    now: datetime,
    words: str | None = None,
    since: date | None = None,
) -> Agreement:
    """Stores a contact's answer to a cadence offer, or a cadence they asked for (R9).

    AGREED and ASKED change the cadence from `since` (or `on`) on; confirming the current stage
    keeps its start, and NOT_YET changes nothing. Lock the client first.
    """
    row = Agreement(
        client_id=client.id,
        contact_id=contact.id if contact else None,
        stage=stage,
        answer=response,
        on=on,
        words=words,
        made_by_id=by.id,
    )
    session.add(row)
    cadence = current(client)
    if response is not Answer.NOT_YET:
        if since is None and cadence is not None and cadence.stage is stage:
            cadence.agreed_with_id = row.contact_id or cadence.agreed_with_id
            refresh_due_dates([client.id], now)
        else:
            agree(client, stage, contact, since or on, by, now)
    before = cadence.stage.value if cadence else None
    details = {"before": before, "stage": stage.value, "with": contact.name if contact else None}
    audit_client(client, f"cadence {response.value}", by, now, **details)
    return row


def plan(client: Client, stage: Stage, since: date, by: User, now: datetime) -> None:
    """Stores a cadence planned by us. Never a slower one: see `needs_agreement`."""
    cadence = current(client)
    agree(client, stage, None, since, by, now)
    before = cadence.stage.value if cadence else None
    audit_client(client, "cadence planned", by, now, before=before, stage=stage.value)


def needs_agreement(client: Client, stage: Stage) -> bool:
    """Whether the stage needs a contact's agreement: every slower one does (R9)."""
    cadence = current(client)
    return cadence is not None and is_slower(stage, cadence.stage)


def is_next(client: Client, stage: Stage) -> bool:
    """Whether `stage` is the next slower one, and so may have been offered."""
    cadence = current(client)
    return cadence is not None and next_slower(cadence.stage) is stage


def current(client: Client) -> Cadence | None:
    """The cadence in force."""
    query = sa.select(Cadence).where(Cadence.client_id == client.id, Cadence.ended_at.is_(None))
    return session.scalar(query)
