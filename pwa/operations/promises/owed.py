"""What we owe one contact, as a letter says it: the open promises with their days (R17, R18)."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from pwa.db import session
from pwa.models import Contact, Promise
from pwa.rules.commitments.promises import Move, expected_date


@dataclass(frozen=True, slots=True)
class OwedPromise:
    """An open promise. `was_due` is the day that the contact expected it and that is over.

    `day` is the day it is due by now; None if that is over as well.
    """

    promise: Promise
    day: date | None
    was_due: date | None = None


def owed_to(contact: Contact, today: date) -> list[OwedPromise]:
    """The open promises to a contact, or to nobody in particular there, soonest first."""
    query = sa.select(Promise).where(
        Promise.client_id == contact.client_id,
        Promise.kept.is_(None),
        sa.or_(Promise.contact_id == contact.id, Promise.contact_id.is_(None)),
    )
    query = query.options(selectinload(Promise.moves)).order_by(Promise.falls_due, Promise.id)
    return [_owed(promise, today) for promise in session.scalars(query)]


def kept_since(contact: Contact, day: date) -> list[Promise]:
    """The promises to a contact that were kept since a day, oldest first."""
    query = sa.select(Promise).where(
        Promise.client_id == contact.client_id,
        Promise.kept >= day,
        sa.or_(Promise.contact_id == contact.id, Promise.contact_id.is_(None)),
    )
    return list(session.scalars(query.order_by(Promise.kept, Promise.id)))


def _owed(promise: Promise, today: date) -> OwedPromise:
    moves = [Move(move.to, move.told, move.moved_on) for move in promise.moves]
    expected = expected_date(promise.due, moves, today)
    if expected >= today:
        return OwedPromise(promise, promise.falls_due)
    later = promise.falls_due if promise.falls_due >= today else None
    return OwedPromise(promise, later, was_due=expected)
