"""The statement behind `open_items`: nine tables in one query."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pwa.combined_read import CombinedRead
from pwa.models import (
    Away,
    Booking,
    Client,
    Interaction,
    InteractionContact,
    Postponement,
    Promise,
    PromiseMove,
    Recovery,
    ServiceRequest,
)
from pwa.models.base import UtcDateTime
from pwa.operations.client_state.open_item_rows import OpenItemRows
from pwa.rules.contact.contact_events import UNREACHED
from pwa.rules.vocabulary.enums import RequestStatus

_AT: Any = sa.bindparam("at", type_=UtcDateTime())
_DAY: Any = sa.bindparam("day", type_=sa.Date())
_SINCE: Any = sa.bindparam("since", type_=UtcDateTime())
_LONG_AGO: Any = sa.bindparam("long_ago", type_=UtcDateTime())


@cache
def open_item_query(past: bool) -> CombinedRead[OpenItemRows]:
    """Reads them for the parameters ids, at, since and long_ago.

    `past` takes what was open at the moment `at`, on the parameter `day` of the owner.
    """
    return CombinedRead(
        OpenItemRows,
        recoveries=_recoveries(past),
        bookings=_bookings(past),
        promises=_promises(past),
        moves=_moves(past),
        requests=_requests(past),
        away=sa.select(Away.client_id, Away.first_day, Away.last_day).where(_is_asked_for(Away)),
        postponements=_postponements(),
        attempts_today=_attempts(Interaction.contact_id).where(
            Interaction.at >= _SINCE, Interaction.at <= _AT
        ),
        also_today=_attempts(InteractionContact.contact_id)
        .join(InteractionContact, InteractionContact.interaction_id == Interaction.id)
        .where(Interaction.at >= _SINCE, Interaction.at <= _AT),
        earlier_attempts=_attempts(Interaction.contact_id).where(
            Interaction.at < _SINCE,
            Interaction.at >= _LONG_AGO,
            Interaction.outcome.in_(UNREACHED),
            ~_reached_after(Interaction, Interaction.contact_id),
        ),
    )


@cache
def _asked_for() -> sa.Select[int]:
    """The clients in question, as one CTE: a list of numbers is spelt out anew at every run."""
    ids: Any = sa.bindparam("ids", expanding=True)
    clients = sa.select(Client.id).where(Client.id.in_(ids)).cte("asked_for")
    return sa.select(clients.c.id)


def _is_asked_for(model: Any) -> sa.ColumnElement[bool]:
    is_asked_for: sa.ColumnElement[bool] = model.client_id.in_(_asked_for())
    return is_asked_for


def _still_open(ended: Any, moment_or_day: Any, past: bool) -> sa.ColumnElement[bool]:
    return sa.or_(ended.is_(None), ended > moment_or_day) if past else ended.is_(None)


def _begun(first_day: Any, past: bool) -> sa.ColumnElement[bool]:
    return first_day <= _DAY if past else sa.true()


def _recoveries(past: bool) -> Any:
    prepared = sa.or_(Recovery.make_good.is_not(None), Recovery.know_by.is_not(None))
    again = sa.or_(Recovery.again_of_id.is_not(None), _went_wrong_before())
    return sa.select(
        Recovery.client_id,
        Recovery.id,
        Recovery.contact_id,
        Recovery.cause,
        Recovery.severity,
        Recovery.opened,
        sa.case((Recovery.live <= _AT, Recovery.live)).label("live"),
        Recovery.call_anyway,
        prepared.label("prepared"),
        again.label("again"),
        Recovery.checks,
    ).where(
        _is_asked_for(Recovery),
        Recovery.opened <= _AT,
        _still_open(Recovery.closed, _AT, past),
    )


def _went_wrong_before() -> sa.ColumnElement[bool]:
    """Whether the same cause is written down earlier, as a loaded book may have it (R16)."""
    before = aliased(Recovery)
    return sa.exists(
        sa.select(before.id).where(
            before.client_id == Recovery.client_id,
            before.opened < Recovery.opened,
            sa.func.lower(before.cause) == sa.func.lower(Recovery.cause),
        )
    )


def _bookings(past: bool) -> Any:
    known = sa.or_(Booking.made_at.is_(None), Booking.made_at <= _AT)
    return sa.select(
        Booking.client_id, Booking.id, Booking.contact_id, Booking.kind, Booking.at
    ).where(
        _is_asked_for(Booking),
        known if past else sa.true(),
        _still_open(Booking.settled_at, _AT, past),
        _still_open(Booking.cancelled_at, _AT, past),
    )


def _promises(past: bool) -> Any:
    return sa.select(
        Promise.client_id, Promise.id, Promise.contact_id, Promise.words, Promise.due
    ).where(
        _is_asked_for(Promise), _begun(Promise.made, past), _still_open(Promise.kept, _DAY, past)
    )


def _moves(past: bool) -> Any:
    known = sa.or_(PromiseMove.moved_on.is_(None), _begun(PromiseMove.moved_on, past))
    return (
        sa.select(PromiseMove.promise_id, PromiseMove.id, PromiseMove.to, PromiseMove.told)
        .join(Promise, PromiseMove.promise_id == Promise.id)
        .where(_is_asked_for(Promise), _still_open(Promise.kept, _DAY, past), known)
    )


def _requests(past: bool) -> Any:
    is_open = ServiceRequest.status != RequestStatus.DONE
    return sa.select(
        ServiceRequest.client_id,
        ServiceRequest.id,
        ServiceRequest.contact_id,
        ServiceRequest.kind,
        ServiceRequest.title,
        ServiceRequest.priority,
        ServiceRequest.due,
    ).where(
        _is_asked_for(ServiceRequest),
        _begun(ServiceRequest.opened, past),
        sa.or_(is_open, ServiceRequest.closed_on > _DAY) if past else is_open,
    )


def _postponements() -> Any:
    """Those that still hold, and those before that no conversation came after (R21)."""
    return sa.select(
        Postponement.client_id, Postponement.at, Postponement.until, Postponement.reason
    ).where(
        _is_asked_for(Postponement),
        Postponement.at <= _AT,
        sa.or_(Postponement.until > _AT, ~_reached_after(Postponement)),
    )


def _attempts(contact_id: Any) -> Any:
    columns = (
        Interaction.client_id,
        contact_id.label("contact_id"),
        Interaction.kind,
        Interaction.direction,
        Interaction.outcome,
        Interaction.at,
    )
    query = sa.select(*columns).select_from(Interaction)
    return query.where(_is_asked_for(Interaction), Interaction.superseded_at.is_(None))


def _reached_after(row: Any, contact_id: Any = None) -> sa.ColumnElement[bool]:
    """Whether contact that counts came after it, with anybody there or with that very contact."""
    later = aliased(Interaction)
    reached = sa.select(later.id).where(
        later.client_id == row.client_id,
        later.at > row.at,
        later.at <= _AT,
        later.reached,
        later.superseded_at.is_(None),
    )
    if contact_id is None:
        return sa.exists(reached)
    also = sa.select(InteractionContact.interaction_id).where(
        InteractionContact.interaction_id == later.id, InteractionContact.contact_id == contact_id
    )
    return sa.exists(reached.where(sa.or_(later.contact_id == contact_id, sa.exists(also))))
