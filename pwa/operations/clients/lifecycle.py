"""Client lifecycle: status changes and handovers, each audited with a reason."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Handover, Role, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.common.audit_log import audit_client
from pwa.rules.vocabulary.enums import ClientStatus


def change_status(
    client: Client, status: ClientStatus, reason: str, by: User, now: datetime
) -> None:
    """Pauses, ends or resumes a client."""
    audit_client(client, f"status {status.value}", by, now, before=client.status.value, why=reason)
    client.status = status
    session.flush()
    refresh_due_dates([client.id], now)


def possible_owners(by: User) -> list[User]:
    """Users to whom `by` may hand over: active managers of the team, of all for administrators."""
    query = sa.select(User).where(User.deactivated_at.is_(None), User.role == Role.MANAGER)
    if by.role != Role.ADMINISTRATOR:
        query = query.where(User.team_id == by.team_id)
    return sorted(session.scalars(query), key=lambda user: user.name.casefold())


def hand_over(clients: Sequence[Client], to: User, reason: str, by: User, now: datetime) -> None:
    """Hands clients over to another manager, with a new first call due (R25)."""
    today = now.astimezone(to.zone).date()
    for client in clients:
        audit_client(client, "handed over", by, now, before=client.owner_id, to=to.id, why=reason)
        session.add(
            Handover(
                client_id=client.id,
                from_id=client.owner_id,
                to_id=to.id,
                made_by_id=by.id,
                at=now,
                reason=reason,
            )
        )
        client.owner_id = to.id
        client.new_since = today
    session.flush()
    refresh_due_dates([client.id for client in clients], now)
