"""The written update to a contact (R2): what was done since they last heard, is open, is owed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from pwa.db import session
from pwa.models import Booking, Contact, Interaction, Promise, ServiceRequest, User
from pwa.operations.calls import letters
from pwa.operations.promises import owed
from pwa.operations.promises.owed import OwedPromise
from pwa.rules.vocabulary.enums import RequestStatus
from pwa.rules.vocabulary.timezones import local_day

NEVER_HEARD = timedelta(days=30)  # how far back the first update of all looks


@dataclass(frozen=True)
class UpdateContent:
    """What an update to `contact` says; `since` is the day they last heard from us, if ever."""

    contact: Contact
    since: date | None
    done: list[ServiceRequest]
    kept: list[Promise]
    still_open: list[ServiceRequest]
    owed: list[OwedPromise]
    next_talk: Booking | None


def read(contact: Contact, user: User, now: datetime) -> UpdateContent:
    """The current state of everything that concerns a contact, or the whole client."""
    today, last = local_day(now, user.zone), _last_contact(contact)
    since = local_day(last.at, user.zone) if last else None
    begin = since or today - NEVER_HEARD
    requests = _requests(contact, begin)
    known = {request.id for request in last.covered} if last else set()
    return UpdateContent(
        contact,
        since=since,
        done=[request for request in _with_status(requests, True) if request.id not in known],
        kept=owed.kept_since(contact, begin),
        still_open=_with_status(requests, False),
        owed=owed.owed_to(contact, today),
        next_talk=letters.next_booking(contact.client_id, contact.id, now),
    )


def _last_contact(contact: Contact) -> Interaction | None:
    """The last contact that counts with this very person (R2)."""
    query = sa.select(Interaction).where(
        Interaction.client_id == contact.client_id,
        Interaction.contact_id == contact.id,
        Interaction.reached,
        Interaction.superseded_at.is_(None),
    )
    query = query.options(selectinload(Interaction.covered))
    return session.scalar(query.order_by(Interaction.at.desc(), Interaction.id.desc()).limit(1))


def _requests(contact: Contact, begin: date) -> list[ServiceRequest]:
    """Requests of the contact or of nobody in particular: open, or done since a day."""
    query = sa.select(ServiceRequest).where(
        ServiceRequest.client_id == contact.client_id,
        sa.or_(ServiceRequest.contact_id == contact.id, ServiceRequest.contact_id.is_(None)),
        sa.or_(
            ServiceRequest.status != RequestStatus.DONE,
            ServiceRequest.closed_on >= begin,
        ),
    )
    return list(session.scalars(query.order_by(ServiceRequest.opened, ServiceRequest.id)))


def _with_status(requests: Iterable[ServiceRequest], is_done: bool) -> list[ServiceRequest]:
    return [request for request in requests if (request.status is RequestStatus.DONE) is is_done]
