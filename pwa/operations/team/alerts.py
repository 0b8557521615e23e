"""Alerts of a supervisor: missed deadlines, broken promises and the like, by client."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pwa.db import session
from pwa.models import (
    Audit,
    Booking,
    Client,
    Interaction,
    Postponement,
    Promise,
    Recovery,
    Role,
    User,
    WritingOverride,
)
from pwa.operations.client_state.loader import LoadedClient, load_these
from pwa.operations.promises import promises
from pwa.operations.team.alert import Alert, AlertKind
from pwa.rules.commitments.bookings import BookingState, booking_state
from pwa.rules.day_list.postponements import MENTION_AFTER
from pwa.rules.day_list.reason import Reason
from pwa.rules.day_list.reasons import reasons_today
from pwa.rules.vocabulary.enums import ClientStatus, ReasonCode
from pwa.rules.vocabulary.timezones import local_day

SHOWN = 50
PROMISES = 1000  # read, the oldest first: a fixed limit
LATELY = timedelta(days=14)
NOTHING: Any = sa.cast(sa.null(), sa.Text())
ONCE: Any = sa.literal_column("1", sa.Integer())


def all_alerts(viewer: User, now: datetime) -> list[Alert]:
    """`alerts_for`, where nothing is loaded yet."""
    owners = rule_candidates(viewer, now)
    return alerts_for(viewer, now, owners, load_these(owners, now))


def alerts_for(
    viewer: User, now: datetime, owners: Mapping[int, str], loaded: Iterable[LoadedClient]
) -> list[Alert]:
    """All alerts of the viewer, most severe kind first, oldest first within a kind.

    At most `SHOWN` of each, in a fixed number of queries. `owners` are the `rule_candidates`, whose
    facts are among `loaded`.
    """
    alerts = [
        *_rule_alerts(owners, loaded, now),
        *_broken(viewer, now),
        *_recorded(viewer, now),
    ]
    order = list(AlertKind)
    return sorted(alerts, key=lambda alert: order.index(alert.trouble))


def supervised_users(viewer: User) -> sa.ColumnElement[bool]:
    """The users a viewer supervises: the team, or everyone for an administrator."""
    everywhere = viewer.role == Role.ADMINISTRATOR
    return sa.true() if everywhere else User.team_id == viewer.team_id


def rule_candidates(viewer: User, now: datetime) -> dict[int, str]:
    """The clients about which the rules may say something, with the name of their owner."""
    return {row.id: row.owner for row in session.execute(_rule_candidates(viewer, now))}


def _rule_alerts(
    owners: Mapping[int, str], loaded: Iterable[LoadedClient], now: datetime
) -> Iterator[Alert]:
    """Missed deadlines and bookings and neglected contacts, as the rules see them."""
    facts = {known.client.id: known for known in loaded}
    for client_id, owner in owners.items():
        known = facts[client_id]
        yield from _unconfirmed(known, owner, now)
        for reason in reasons_today(known.client, known.manager, now):
            if reason.reason is ReasonCode.RECOVERY and reason.at and reason.at <= now:
                yield _alert(AlertKind.MISSED, known, owner, reason.at, reason.words)
            elif reason.reason is ReasonCode.UNHEARD:
                yield _alert(AlertKind.UNHEARD, known, owner, reason.due, _contact_name(reason))


def _alert(trouble: AlertKind, loaded: LoadedClient, owner: str, since: Any, words: str) -> Alert:
    return Alert(trouble, loaded.client.id, loaded.client.name, owner, since, words)


def _contact_name(reason: Reason) -> str:
    return reason.contact.name if reason.contact else ""


def _rule_candidates(viewer: User, now: datetime) -> sa.Select[*tuple[Any, ...]]:
    """Active clients with an untalked recovery, an off-cadence reason or a booking that passed."""
    open_ = sa.exists().where(
        Recovery.client_id == Client.id, Recovery.closed.is_(None), Recovery.live.is_(None)
    )
    passed = sa.exists().where(
        Booking.client_id == Client.id,
        Booking.settled_at.is_(None),
        Booking.cancelled_at.is_(None),
        Booking.at < now,
    )
    raised = Client.raised_on <= local_day(now, viewer.zone)
    return (
        _clients(viewer)
        .where(sa.or_(open_, raised, passed))
        .order_by(open_.desc(), Client.raised_on, Client.id)
        .limit(3 * SHOWN)
    )


def _clients(viewer: User) -> sa.Select[*tuple[Any, ...]]:
    query = sa.select(Client.id, Client.name, User.name.label("owner"))
    query = query.join(User, User.id == Client.owner_id)
    return query.where(Client.status == ClientStatus.ACTIVE, supervised_users(viewer))


def _broken(viewer: User, now: datetime) -> Iterator[Alert]:
    """Promises past the day the client knows (R17): one alert per client, worded by the oldest.

    A promise moved without telling the client counts as not moved.
    """
    today = local_day(now, viewer.zone)
    query = (
        _clients(viewer)
        .add_columns(Promise)
        .join(Promise, Promise.client_id == Client.id)
        .where(Promise.kept.is_(None), sa.or_(Promise.due < today, Promise.falls_due < today))
        .options(joinedload(Promise.moves))
        .order_by(Promise.due, Promise.id)
        .limit(PROMISES)
    )
    by_client: dict[int, Alert] = {}
    for client_id, name, owner, promise in session.execute(query).unique():
        if not promises.status_on(promise, today).is_miss:
            continue
        since = promises.expected(promise, today) or promise.falls_due
        alert = Alert(AlertKind.BROKEN, client_id, name, owner, since, promise.words)
        before = by_client.get(client_id)
        oldest = min(before, alert, key=_since) if before else alert
        by_client[client_id] = replace(oldest, count=before.count + 1 if before else 1)
    yield from sorted(by_client.values(), key=_since)[:SHOWN]


def _since(alert: Alert) -> Any:
    return alert.since


def _recorded(viewer: User, now: datetime) -> Iterator[Alert]:
    """What was put off, closed or written, the latest of each kind first: in one statement."""
    parts = (_postponed(viewer), _closed(viewer, now), _written(viewer, now))
    rows = session.execute(sa.union_all(*(sa.select(part.subquery()) for part in parts))).all()
    for row in sorted(rows, key=lambda row: (row.latest, -row.id), reverse=True):
        words = " · ".join(text for text in (row.words, row.why) if text)
        trouble = AlertKind(row.trouble)
        yield Alert(trouble, row.id, row.name, row.owner, row.since, words, row.number)


def _record(
    viewer: User, trouble: AlertKind, since: Any, latest: Any, words: Any, why: Any, number: Any
) -> sa.Select[*tuple[Any, ...]]:
    return (
        _clients(viewer)
        .add_columns(
            sa.literal(trouble.value).label("trouble"),
            since.label("since"),
            latest.label("latest"),
            words.label("words"),
            why.label("why"),
            number.label("number"),
        )
        .order_by(latest.desc(), Client.id)
        .limit(SHOWN)
    )


def _postponed(viewer: User) -> sa.Select[*tuple[Any, ...]]:
    """Postponed three times or more since the last contact (R21)."""
    last = (
        sa.select(sa.func.max(Interaction.at))
        .where(Interaction.client_id == Client.id, Interaction.reached)
        .where(Interaction.superseded_at.is_(None))
        .correlate(Client)
        .scalar_subquery()
    )
    count, latest = sa.func.count(Postponement.id), sa.func.max(Postponement.at)
    since = sa.func.min(Postponement.at)
    return (
        _record(viewer, AlertKind.POSTPONED, since, latest, NOTHING, NOTHING, count)
        .join(Postponement, Postponement.client_id == Client.id)
        .where(sa.or_(last.is_(None), Postponement.at > last))
        .group_by(Client.id, Client.name, User.name)
        .having(count >= MENTION_AFTER)
    )


def _closed(viewer: User, now: datetime) -> sa.Select[*tuple[Any, ...]]:
    """Recoveries closed untalked, with the reason given (R15)."""
    its_own = (
        Audit.subject_id == Client.id,
        Audit.at == Recovery.closed,
        Audit.details["recovery"].as_integer() == Recovery.id,
    )
    why = Audit.details["why"].as_string()
    closed = Recovery.closed
    return (
        _record(viewer, AlertKind.CLOSED, closed, closed, Recovery.cause, why, ONCE)
        .join(Recovery, Recovery.client_id == Client.id)
        .outerjoin(
            Audit,
            sa.and_(Audit.subject == "client", Audit.action == "recovery closed", *its_own),
        )
        .where(Recovery.live.is_(None), Recovery.closed > now - LATELY)
    )


def _unconfirmed(loaded: LoadedClient, owner: str, now: datetime) -> Iterator[Alert]:
    """The bookings whose day has passed, and nobody said what became of them (R22)."""
    zone = loaded.manager.zone
    missed = [
        booking.at
        for booking in loaded.client.bookings
        if booking_state(booking.at, now, zone) is BookingState.MISSED
    ]
    if missed:
        alert = _alert(AlertKind.UNCONFIRMED, loaded, owner, min(missed), "")
        yield replace(alert, count=len(missed))


def _written(viewer: User, now: datetime) -> sa.Select[*tuple[Any, ...]]:
    """Overrides of the writing guard, with the reason given (R15)."""
    at, words = WritingOverride.at, WritingOverride.reason
    return (
        _record(viewer, AlertKind.WRITTEN, at, at, words, NOTHING, ONCE)
        .join(WritingOverride, WritingOverride.client_id == Client.id)
        .where(WritingOverride.at > now - LATELY)
    )
