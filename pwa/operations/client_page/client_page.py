"""Everything a client's page shows, read in a fixed number of statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from pwa.db import session
from pwa.models import (
    Booking,
    Cadence,
    Client,
    Contact,
    Interaction,
    Promise,
    Recovery,
    ServiceRequest,
)
from pwa.operations.calls.history import history
from pwa.operations.client_page import client_perspective
from pwa.operations.client_page.cadence_panel import CadencePanel, cadence_panel
from pwa.operations.client_page.client_perspective import ContactPerspective
from pwa.operations.recoveries import recoveries
from pwa.rules.scheduling.cadence import CadenceAgreement
from pwa.rules.vocabulary.enums import RequestStatus

CLOSED = 10


@dataclass(frozen=True)
class ClientPage:
    """The content of the page. `former` are the contacts who left, `agreed_with` is the contact who
    agreed to the cadence, `seen` the cadence panel, `views` each contact's perspective, by contact
    id."""

    contacts: list[Contact]
    former: list[Contact]
    cadence: Cadence | None
    agreed_with: Contact | None
    seen: CadencePanel
    requests: list[ServiceRequest]
    done_requests: list[ServiceRequest]
    promises: list[Promise]
    kept_promises: list[Promise]
    bookings: list[Booking]
    recoveries: list[Recovery]
    interactions: list[Interaction]
    views: dict[int, ContactPerspective]


def read(client: Client, now: datetime) -> ClientPage:
    """Reads the page: open items by due day, history newest first."""
    everyone = _contacts(client)
    contacts = [contact for contact in everyone if contact.archived_at is None]
    sorted_contacts = sorted(contacts, key=lambda contact: (contact.position, contact.id))
    set_committed_value(client, "contacts", sorted_contacts)  # nothing on the page reads them again
    cadence = session.scalar(_of(Cadence, client).where(Cadence.ended_at.is_(None)))
    by_id = {contact.id: contact for contact in everyone}
    panel = cadence_panel(client.id, now)
    agreement = CadenceAgreement(cadence.stage, cadence.since, panel.dense) if cadence else None
    return ClientPage(
        contacts=contacts,
        former=[contact for contact in everyone if contact.archived_at is not None],
        cadence=cadence,
        agreed_with=by_id.get(cadence.agreed_with_id) if cadence else None,
        seen=panel,
        requests=_requests(client),
        done_requests=_done_requests(client),
        promises=_promises(client),
        kept_promises=_kept(client),
        bookings=_bookings(client),
        recoveries=recoveries.open_at(client.id),
        interactions=history(client.id),
        views=client_perspective.read(client, contacts, agreement, now),
    )


def _of(model: Any, client: Client) -> sa.Select[Any]:
    return sa.select(model).where(model.client_id == client.id)


def _contacts(client: Client) -> list[Contact]:
    query = _of(Contact, client).options(
        *(selectinload(Contact.preferences), selectinload(Contact.needs)),
        joinedload(Contact.phones),
    )
    query = query.order_by(Contact.is_primary.desc(), Contact.position, Contact.id)
    return list(session.scalars(query).unique())


def _requests(client: Client) -> list[ServiceRequest]:
    query = _of(ServiceRequest, client).where(ServiceRequest.status != RequestStatus.DONE)
    rank = sa.case({"high": 0, "medium": 1, "low": 2}, value=ServiceRequest.priority)
    return list(session.scalars(query.order_by(rank, ServiceRequest.opened, ServiceRequest.id)))


def _done_requests(client: Client) -> list[ServiceRequest]:
    query = _of(ServiceRequest, client).where(ServiceRequest.status == RequestStatus.DONE)
    latest = (sa.func.coalesce(ServiceRequest.closed_on, ServiceRequest.opened).desc(),)
    return list(session.scalars(query.order_by(*latest, ServiceRequest.id.desc()).limit(CLOSED)))


def _promises(client: Client) -> list[Promise]:
    query = _of(Promise, client).where(Promise.kept.is_(None)).options(joinedload(Promise.contact))
    return list(session.scalars(query.order_by(Promise.falls_due, Promise.id)))


def _kept(client: Client) -> list[Promise]:
    query = _of(Promise, client).where(Promise.kept.is_not(None))
    query = query.order_by(Promise.kept.desc(), Promise.id.desc()).limit(CLOSED)
    return list(session.scalars(query.options(joinedload(Promise.contact))))


def _bookings(client: Client) -> list[Booking]:
    query = _of(Booking, client).where(Booking.settled_at.is_(None), Booking.cancelled_at.is_(None))
    return list(session.scalars(query.options(joinedload(Booking.contact)).order_by(Booking.at)))
