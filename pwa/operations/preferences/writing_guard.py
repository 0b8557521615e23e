"""Guard before writing to a contact: call first while a recovery is untalked (R15)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Contact, Interaction, Recovery, User, WritingOverride
from pwa.rules.brief.recovery import writing_locked
from pwa.rules.day_list.client_state import Recovery as Fact
from pwa.rules.vocabulary.enums import Direction, Outcome

OVERRIDE_VALID_FOR = timedelta(minutes=15)


def blocking_recovery(contact: Contact) -> Recovery | None:
    """The oldest recovery that was not talked about with this contact yet, if any."""
    query = sa.select(Recovery).where(
        Recovery.client_id == contact.client_id, Recovery.closed.is_(None)
    )
    recoveries = session.scalars(query.order_by(Recovery.opened))
    return next((r for r in recoveries if is_blocked([r], contact)), None)


def is_blocked(recoveries: Iterable[Recovery], contact: Contact) -> bool:
    """Whether one of these open recoveries has to be talked about first (R15)."""
    facts = [Fact(r.contact_id, r.cause, r.opened, live=r.live) for r in recoveries]
    return writing_locked(facts, contact.id)


def override(
    contact: Contact, reason: str, something_else: bool, by: User, now: datetime
) -> WritingOverride:
    """Stores an override of the guard for one message, with its reason; supervisors see it."""
    locked = blocking_recovery(contact)
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


def is_overridden(override_id: int, contact: Contact, user: User, now: datetime) -> bool:
    """Whether the user's override is still valid: for a quarter of an hour, until they wrote."""
    row = session.get(WritingOverride, override_id)
    if row is None or (row.contact_id, row.user_id) != (contact.id, user.id):
        return False
    wrote = sa.exists().where(
        Interaction.contact_id == contact.id,
        Interaction.user_id == user.id,
        Interaction.outcome == Outcome.WRITTEN,
        Interaction.direction == Direction.OUT,
        Interaction.at > row.at,
    )
    return now - row.at <= OVERRIDE_VALID_FOR and not session.scalar(sa.select(wrote))


def writing_channel(contact: Contact) -> str:
    """The channel for writing: text if preferred or without an e-mail address, else e-mail."""
    wish = contact.preference.channel if contact.preference else None
    wants_text = wish is not None and wish.value == "text"
    return "text" if contact.dial_phone and (wants_text or not contact.email) else "email"
