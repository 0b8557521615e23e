"""Audit log: who did it, when and why."""

from datetime import datetime

from pwa.db import session
from pwa.models import Audit, Client, User


def audit_client(client: Client, action: str, by: User, now: datetime, **details: object) -> None:
    """Adds the audit row of an action on a client."""
    session.add(
        Audit(
            at=now,
            user_id=by.id,
            action=action,
            subject="client",
            subject_id=client.id,
            details=details,
        )
    )


def audit_user(
    user: User, action: str, now: datetime, by_id: int | None, **details: object
) -> None:
    """Adds the audit row of an action on a user account; `by_id` is None for the command line."""
    session.add(
        Audit(
            at=now,
            user_id=by_id,
            action=action,
            subject="user",
            subject_id=user.id,
            details=details,
        )
    )
