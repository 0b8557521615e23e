"""How often we talk with a client (R8, R9): what was agreed, with whom and from which day."""

from datetime import date, datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Agreement, Cadence, Client, Contact, User
from pwa.models.cadence import Answer
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.common.audit_log import note_client
from pwa.rules.scheduling.taper import is_slower, next_slower
from pwa.rules.vocabulary.enums import Stage


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
    refresh_due_dates([client.id], now)
    return cadence


def answer(
    client: Client,
    contact: Contact | None,
    stage: Stage,
    said: Answer,
    on: date,
    by: User,
    now: datetime,
    words: str | None = None,
    since: date | None = None,
) -> Agreement:
    """What the client said on a day to a cadence, or asked for (R9), with the words.

    Agreed and asked for change the cadence at once, from `since` or that day on; the present stage
    confirmed goes on from its own start, and "Not yet" changes nothing. Lock the client first.
    """
    row = Agreement(
        client_id=client.id,
        contact_id=contact.id if contact else None,
        stage=stage,
        answer=said,
        on=on,
        words=words,
        made_by_id=by.id,
    )
    session.add(row)
    stands = current(client)
    if said is not Answer.NOT_YET:
        if since is None and stands is not None and stands.stage is stage:
            stands.agreed_with_id = row.contact_id or stands.agreed_with_id
            refresh_due_dates([client.id], now)
        else:
            agree(client, stage, contact, since or on, by, now)
    before = stands.stage.value if stands else None
    details = {"before": before, "stage": stage.value, "with": contact.name if contact else None}
    note_client(client, f"cadence {said.value}", by, now, **details)
    return row


def plan(client: Client, stage: Stage, since: date, by: User, now: datetime) -> None:
    """Our own plan, agreed with nobody yet: never for a slower stage, see `needs_agreement`."""
    stands = current(client)
    agree(client, stage, None, since, by, now)
    before = stands.stage.value if stands else None
    note_client(client, "cadence planned", by, now, before=before, stage=stage.value)


def needs_agreement(client: Client, stage: Stage) -> bool:
    """Whether somebody there has to have agreed to it: to whatever is slower (R9)."""
    stands = current(client)
    return stands is not None and is_slower(stage, stands.stage)


def is_next(client: Client, stage: Stage) -> bool:
    """Whether it is the stage that follows the present one, and so may have been offered."""
    stands = current(client)
    return stands is not None and next_slower(stands.stage) is stage


def current(client: Client) -> Cadence | None:
    """The cadence that holds now."""
    query = sa.select(Cadence).where(Cadence.client_id == client.id, Cadence.ended_at.is_(None))
    return session.scalar(query)
