"""Writing to a contact, and the guard before it: call first while something is not right (R15)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Contact, Interaction, Recovery, User, WritingOverride
from pwa.rules.brief.recovery import writing_locked
from pwa.rules.day_list.client_state import Recovery as Fact
from pwa.rules.vocabulary.enums import Direction, Outcome

LETS_THROUGH = timedelta(minutes=15)


def blocking_recovery(contact: Contact) -> Recovery | None:
    """The oldest thing that went wrong and was not talked about with this contact yet."""
    query = sa.select(Recovery).where(
        Recovery.client_id == contact.client_id, Recovery.closed.is_(None)
    )
    wrong = session.scalars(query.order_by(Recovery.opened))
    return next((one for one in wrong if is_blocked([one], contact)), None)


def is_blocked(recoveries: Iterable[Recovery], contact: Contact) -> bool:
    """Whether one of these, open at the contact's client, has to be talked about first (R15)."""
    wrong = [Fact(one.contact_id, one.cause, one.opened, live=one.live) for one in recoveries]
    return writing_locked(wrong, contact.id)


def override(
    contact: Contact, reason: str, something_else: bool, by: User, now: datetime
) -> WritingOverride:
    """Write all the same, and say why: for one message, and the supervisor sees it."""
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
    """Whether this override of theirs still opens the buttons: for a quarter of an hour, and until
    they say that they wrote."""
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
    return now - row.at <= LETS_THROUGH and not session.scalar(sa.select(wrote))


def writing_channel(contact: Contact) -> str:
    """Their channel for writing: text where they asked for it or have no e-mail."""
    wish = contact.preference.channel if contact.preference else None
    wants_text = wish is not None and wish.value == "text"
    return "text" if contact.phone and (wants_text or not contact.email) else "email"
