"""Loads everything that a brief looks back on at one client, in one statement."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from pwa.combined_read import CombinedRead
from pwa.models import (
    Agreement,
    Cadence,
    Client,
    Contact,
    Handover,
    Intensification,
    Interaction,
    InteractionContact,
    Need,
    Number,
    Promise,
    PromiseMove,
    Recovery,
    ServiceRequest,
    User,
)
from pwa.models.base import UtcDateTime
from pwa.models.interaction import covered
from pwa.operations.brief.rows import BriefRows
from pwa.rules.vocabulary.enums import Outcome, RequestStatus

LATEST = 60  # conversations: more than any rule counts
LONGEST = 400  # letters of a note: a brief is read in fifteen seconds
_CLIENT: Any = sa.bindparam("client")
_AT: Any = sa.bindparam("at", type_=UtcDateTime())
_TODAY: Any = sa.bindparam("today", type_=sa.Date())
_ORDERS: dict[str, Callable[[Any], Any]] = {
    "conversations": attrgetter("at", "id"),
    "promises": attrgetter("due", "id"),
    "moves": attrgetter("id"),
    "requests": attrgetter("opened", "id"),
    "recoveries": attrgetter("opened", "id"),
    "agreements": attrgetter("on", "id"),
    "cadences": attrgetter("since", "id"),
    "intensifications": attrgetter("created_at", "id"),
    "needs": attrgetter("said_on", "id"),
    "handovers": attrgetter("at", "id"),
    "contacts": attrgetter("position", "id"),
}


def brief_rows(client_id: int, at: datetime, today: date) -> BriefRows:
    """The rows without what came after `at`, or after the owner's day `today`."""
    rows = _query().read({"client": client_id, "at": at, "today": today})
    for part, order in _ORDERS.items():
        getattr(rows, part).sort(key=order)
    return rows


@cache
def _query() -> CombinedRead[BriefRows]:
    newest = _newest_conversations()
    return CombinedRead(
        BriefRows,
        conversations=_conversations().where(Interaction.id.in_(newest)),
        covered=sa.select(covered.c.interaction_id, covered.c.request_id).where(
            covered.c.interaction_id.in_(newest)
        ),
        also_heard=_also_heard(),
        heard=_heard(),
        promises=_promises(),
        moves=_moves(),
        requests=_requests(),
        recoveries=_recoveries(),
        agreements=sa.select(Agreement.id, Agreement.on, Agreement.stage, Agreement.answer).where(
            Agreement.client_id == _CLIENT, Agreement.on <= _TODAY
        ),
        settings=sa.select(Number.name, Number.value),
        cadences=sa.select(Cadence.id, Cadence.stage, Cadence.since, Cadence.ended_at).where(
            Cadence.client_id == _CLIENT, _in_force(Cadence)
        ),
        intensifications=_intensifications(),
        needs=_needs(),
        handovers=_handovers(),
        contacts=sa.select(Contact.id, Contact.ref, Contact.name, Contact.position).where(
            Contact.client_id == _CLIENT,
            sa.or_(Contact.archived_at.is_(None), Contact.archived_at > _AT),
        ),
    )


_STANDS = (
    Interaction.client_id == _CLIENT,
    Interaction.at <= _AT,
    Interaction.superseded_at.is_(None),
)


def _newest_conversations() -> sa.Select[int]:
    exchanges = (Outcome.SPOKE, Outcome.VISITED, Outcome.WRITTEN)
    newest = (
        sa.select(Interaction.id)
        .where(*_STANDS, Interaction.outcome.in_(exchanges))
        .order_by(Interaction.at.desc(), Interaction.id.desc())
        .limit(LATEST)
        .cte("newest")
    )
    return sa.select(newest.c.id)


def _conversations() -> Any:
    by_our_choice = sa.and_(
        Interaction.recap_of_id.is_(None),
        Interaction.recovery_id.is_(None),
        ~Interaction.asks_for_time,
    )
    return sa.select(
        Interaction.id,
        Interaction.contact_id,
        Interaction.user_id,
        Interaction.kind,
        Interaction.direction,
        Interaction.at,
        sa.func.substr(Interaction.note, 1, LONGEST, type_=sa.Text()).label("note"),
        Interaction.minutes,
        Interaction.mood,
        Interaction.reached,
        sa.case((by_our_choice, Interaction.stamp)).label("compliance"),
    )


def _heard() -> Any:
    return (
        sa.select(Interaction.contact_id, sa.func.max(Interaction.at).label("at"))
        .where(*_STANDS, Interaction.reached, Interaction.contact_id.is_not(None))
        .group_by(Interaction.contact_id)
    )


def _also_heard() -> Any:
    return (
        sa.select(InteractionContact.contact_id, sa.func.max(Interaction.at).label("at"))
        .select_from(Interaction)
        .join(InteractionContact, InteractionContact.interaction_id == Interaction.id)
        .where(*_STANDS, Interaction.reached)
        .group_by(InteractionContact.contact_id)
    )


def _promises() -> Any:
    return sa.select(
        Promise.id,
        Promise.ref,
        Promise.contact_id,
        Promise.words,
        Promise.due,
        sa.case((Promise.kept <= _TODAY, Promise.kept)).label("kept"),
    ).where(Promise.client_id == _CLIENT, Promise.made <= _TODAY)


def _moves() -> Any:
    known_since = sa.func.coalesce(PromiseMove.moved_on, PromiseMove.told, Promise.made)
    return (
        sa.select(
            PromiseMove.id,
            PromiseMove.promise_id,
            PromiseMove.to,
            PromiseMove.told,
            PromiseMove.moved_on,
        )
        .join(Promise, Promise.id == PromiseMove.promise_id)
        .where(Promise.client_id == _CLIENT, known_since <= _TODAY)
    )


def _requests() -> Any:
    is_open = ServiceRequest.status != RequestStatus.DONE
    return sa.select(
        ServiceRequest.id,
        ServiceRequest.ref,
        ServiceRequest.contact_id,
        ServiceRequest.kind,
        ServiceRequest.title,
        ServiceRequest.priority,
        ServiceRequest.opened,
        ServiceRequest.due,
    ).where(
        ServiceRequest.client_id == _CLIENT,
        ServiceRequest.opened <= _TODAY,
        sa.or_(is_open, ServiceRequest.closed_on > _TODAY),
    )


def _recoveries() -> Any:
    is_closed = sa.and_(Recovery.closed.is_not(None), Recovery.closed <= _AT)
    return sa.select(
        Recovery.id,
        Recovery.contact_id,
        Recovery.again_of_id,
        Recovery.cause,
        Recovery.opened,
        sa.case((Recovery.live <= _AT, Recovery.live)).label("live"),
        Recovery.know_by,
        Recovery.make_good,
        is_closed.label("is_closed"),
    ).where(Recovery.client_id == _CLIENT, Recovery.opened <= _AT)


def _in_force(agreement: Any) -> sa.ColumnElement[bool]:
    return sa.or_(agreement.ended_at.is_(None), agreement.ended_at > _AT)


def _intensifications() -> Any:
    return sa.select(
        Intensification.id,
        Intensification.stage,
        Intensification.until,
        Intensification.reason,
        Intensification.created_at,
    ).where(
        Intensification.client_id == _CLIENT,
        Intensification.created_at <= _AT,
        _in_force(Intensification),
    )


def _needs() -> Any:
    return (
        sa.select(Need.id, Need.contact_id, Need.kind, Need.words, Need.said_on)
        .join(Contact, Contact.id == Need.contact_id)
        .where(Contact.client_id == _CLIENT, Need.said_on <= _TODAY)
    )


def _handovers() -> Any:
    return (
        sa.select(Handover.id, Handover.at, Handover.to_id, User.name.label("from_name"))
        .join(User, User.id == Handover.from_id)
        .join(Client, Client.id == Handover.client_id)
        .where(Handover.client_id == _CLIENT, Handover.at <= _AT)
        .where(Handover.to_id == Client.owner_id)
    )
