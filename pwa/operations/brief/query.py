"""All that a brief looks back on at one client, in one statement, as it stood at a moment."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from pwa.db import read
from pwa.models import (
    Agreement,
    Cadence,
    Client,
    Contact,
    Handover,
    Intensification,
    Interaction,
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
from pwa.rules.vocabulary.enums import Outcome, RequestStatus

LATEST = 60  # conversations: more than any rule counts
LONGEST = 400  # letters of a note: a brief is read in fifteen seconds
_TYPES: dict[str, Any] = {
    "id": sa.Integer(),
    "ref": sa.String(80),
    "contact_id": sa.Integer(),
    "number": sa.Integer(),
    "at": UtcDateTime(),
    "until": UtcDateTime(),
    "third": UtcDateTime(),
    "day": sa.Date(),
    "last_day": sa.Date(),
    "third_day": sa.Date(),
    "text": sa.Text(),
    "more": sa.Text(),
    "code": sa.String(20),
    "other": sa.String(20),
    "extra": sa.String(20),
    "side": sa.String(20),
}
Rows = dict[str, list[Any]]


def rows_of(client_id: int, at: datetime, today: date) -> Rows:
    """Rows by what they are, the oldest first: talk, covered, heard, promise, move, request,
    recovery, need, agreement, cadence, dense, handover, person; and the numbers
    of the rules. What came after `at`, or after
    the day `today` of the owner, is left out."""
    found: Rows = defaultdict(list)
    for row in read(_everything(), {"client": client_id, "at": at, "today": today}):
        found[row.what].append(row)
    return found


@cache
def _everything() -> sa.Select[*tuple[Any, ...]]:
    arms = sa.union_all(*_talks(), *_asked(), *_agreed(), *_people()).subquery()
    return sa.select(arms).order_by(arms.c.at, arms.c.day, arms.c.id)


def _arm(what: str, **columns: Any) -> sa.Select[*tuple[Any, ...]]:
    given: list[Any] = [
        (
            sa.type_coerce(columns[name], kind) if name in columns else sa.cast(sa.null(), kind)
        ).label(name)
        for name, kind in _TYPES.items()
    ]
    return sa.select(sa.literal_column(f"'{what}'", sa.String()).label("what"), *given)


_CLIENT: Any = sa.bindparam("client")
_AT: Any = sa.bindparam("at", type_=UtcDateTime())
_TODAY: Any = sa.bindparam("today", type_=sa.Date())


def _talks() -> Iterator[sa.Select[*tuple[Any, ...]]]:
    said = (Outcome.SPOKE, Outcome.VISITED, Outcome.WRITTEN)
    ours = (Interaction.client_id == _CLIENT, Interaction.at <= _AT)
    stands = (*ours, Interaction.superseded_at.is_(None))
    newest = (
        sa.select(Interaction.id)
        .where(*stands, Interaction.outcome.in_(said))
        .order_by(Interaction.at.desc(), Interaction.id.desc())
        .limit(LATEST)
        .cte("newest")
    )
    those = sa.select(newest.c.id)
    yield _arm(
        "talk",
        id=Interaction.id,
        contact_id=Interaction.contact_id,
        number=Interaction.user_id,
        at=Interaction.at,
        text=sa.func.substr(Interaction.note, 1, LONGEST),
        ref=sa.cast(Interaction.minutes, sa.String(10)),
        code=Interaction.mood,
        other=sa.case((Interaction.reached, "reached")),
        more=Interaction.kind,
        extra=sa.case((_as_we_chose(), Interaction.stamp)),
        side=Interaction.direction,
    ).where(Interaction.id.in_(those))
    yield _arm("covered", id=covered.c.interaction_id, number=covered.c.request_id).where(
        covered.c.interaction_id.in_(those)
    )
    yield (
        _arm("heard", contact_id=Interaction.contact_id, at=sa.func.max(Interaction.at))
        .where(*stands, Interaction.reached, Interaction.contact_id.is_not(None))
        .group_by(Interaction.contact_id)
    )


def _as_we_chose() -> sa.ColumnElement[bool]:
    """Not what the rules themselves ask for in another channel: recaps, making it right, and asking
    for a time to talk."""
    return sa.and_(
        Interaction.recap_of_id.is_(None),
        Interaction.recovery_id.is_(None),
        ~Interaction.asks_for_time,
    )


def _asked() -> Iterator[sa.Select[*tuple[Any, ...]]]:
    yield _arm(
        "promise",
        id=Promise.id,
        ref=Promise.ref,
        contact_id=Promise.contact_id,
        day=Promise.due,
        last_day=sa.case((Promise.kept <= _TODAY, Promise.kept)),
        third_day=Promise.made,
        text=Promise.words,
    ).where(Promise.client_id == _CLIENT, Promise.made <= _TODAY)
    yield (
        _arm(
            "move",
            id=PromiseMove.id,
            number=PromiseMove.promise_id,
            day=PromiseMove.to,
            last_day=PromiseMove.told,
            third_day=PromiseMove.moved_on,
        )
        .join(Promise, Promise.id == PromiseMove.promise_id)
        .where(Promise.client_id == _CLIENT)
        .where(sa.func.coalesce(PromiseMove.moved_on, PromiseMove.told, Promise.made) <= _TODAY)
    )
    yield (
        _arm(
            "request",
            id=ServiceRequest.id,
            ref=ServiceRequest.ref,
            contact_id=ServiceRequest.contact_id,
            day=ServiceRequest.opened,
            last_day=ServiceRequest.due,
            text=ServiceRequest.title,
            code=ServiceRequest.priority,
            other=ServiceRequest.kind,
        )
        .where(ServiceRequest.client_id == _CLIENT, ServiceRequest.opened <= _TODAY)
        .where(
            sa.or_(ServiceRequest.status != RequestStatus.DONE, ServiceRequest.closed_on > _TODAY)
        )
    )
    yield _arm(
        "recovery",
        id=Recovery.id,
        contact_id=Recovery.contact_id,
        number=Recovery.again_of_id,
        at=Recovery.opened,
        until=sa.case((Recovery.live <= _AT, Recovery.live)),
        third=Recovery.know_by,
        text=Recovery.cause,
        more=Recovery.make_good,
        code=Recovery.severity,
        other=sa.case((Recovery.closed <= _AT, "closed")),
    ).where(Recovery.client_id == _CLIENT, Recovery.opened <= _AT)


def _agreed() -> Iterator[sa.Select[*tuple[Any, ...]]]:
    yield _arm(
        "agreement",
        id=Agreement.id,
        contact_id=Agreement.contact_id,
        day=Agreement.on,
        code=Agreement.stage,
        other=Agreement.answer,
    ).where(Agreement.client_id == _CLIENT, Agreement.on <= _TODAY)
    yield _arm("number", text=Number.name, number=Number.value)
    yield _arm(
        "cadence", id=Cadence.id, at=Cadence.ended_at, day=Cadence.since, code=Cadence.stage
    ).where(
        Cadence.client_id == _CLIENT, sa.or_(Cadence.ended_at.is_(None), Cadence.ended_at > _AT)
    )
    yield (
        _arm(
            "dense",
            id=Intensification.id,
            at=Intensification.created_at,
            day=Intensification.until,
            text=Intensification.reason,
            code=Intensification.stage,
        )
        .where(Intensification.client_id == _CLIENT, Intensification.created_at <= _AT)
        .where(sa.or_(Intensification.ended_at.is_(None), Intensification.ended_at > _AT))
    )


def _people() -> Iterator[sa.Select[*tuple[Any, ...]]]:
    yield (
        _arm(
            "need",
            id=Need.id,
            contact_id=Need.contact_id,
            day=Need.said_on,
            text=Need.words,
            code=Need.kind,
        )
        .join(Contact, Contact.id == Need.contact_id)
        .where(Contact.client_id == _CLIENT, Need.said_on <= _TODAY)
    )
    yield (
        _arm(
            "handover",
            id=Handover.id,
            ref=sa.cast(Handover.to_id, sa.String(10)),
            at=Handover.at,
            text=User.name,
        )
        .join(User, User.id == Handover.from_id)
        .join(Client, Client.id == Handover.client_id)
        .where(Handover.client_id == _CLIENT, Handover.at <= _AT)
        .where(Handover.to_id == Client.owner_id)
    )
    yield _arm(
        "person",
        id=Contact.id,
        ref=Contact.ref,
        day=Contact.new_since,
        text=Contact.name,
        more=Contact.role,
        code=sa.case((Contact.difficult, "difficult")),
        number=Contact.position,
    ).where(Contact.client_id == _CLIENT)
