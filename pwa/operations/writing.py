"""Writing to a contact, and the guard before it: call first while something is not right (R15)."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Contact, Recovery, User, WritingOverride

LETS_THROUGH = timedelta(minutes=15)


def locking(contact: Contact) -> Recovery | None:
    """The oldest thing that went wrong and was not talked about with this contact yet."""
    concerned = sa.or_(Recovery.contact_id == contact.id, Recovery.contact_id.is_(None))
    query = sa.select(Recovery).where(
        Recovery.client_id == contact.client_id, Recovery.closed.is_(None), Recovery.live.is_(None)
    )
    return session.scalars(query.where(concerned).order_by(Recovery.opened)).first()


def override(
    contact: Contact, reason: str, something_else: bool, by: User, now: datetime
) -> WritingOverride:
    """Write all the same, and say why: for one message, and the supervisor sees it."""
    locked = locking(contact)
    row = WritingOverride(
        client_id=contact.client_id,
        contact_id=contact.id,
        recovery_id=locked.id if locked else None,
        user_id=by.id,
        at=now,
        something_else=something_else,
        reason=reason,
    )
    session.add(row)
    session.flush()
    return row


def lets_through(override_id: int, contact: Contact, user: User, now: datetime) -> bool:
    """Whether this override of theirs still opens the buttons to this contact."""
    row = session.get(WritingOverride, override_id)
    return (
        row is not None
        and (row.contact_id, row.user_id) == (contact.id, user.id)
        and now - row.at <= LETS_THROUGH
    )


def asked_for(contact: Contact) -> str:
    """Their channel for writing: text where they asked for it or have no e-mail."""
    wish = contact.preference.channel if contact.preference else None
    wants_text = wish is not None and wish.value == "text"
    return "text" if contact.phone and (wants_text or not contact.email) else "email"
