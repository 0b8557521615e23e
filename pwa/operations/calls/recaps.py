"""Recaps (R3, R6, R16): what a conversation confirmed, written to the contact afterwards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pwa.db import session
from pwa.models import (
    Booking,
    Cadence,
    Contact,
    Interaction,
    Promise,
    Recovery,
    ServiceRequest,
    User,
)
from pwa.operations.calls import calls
from pwa.operations.calls.calls import CallOutcome
from pwa.operations.preferences import writing_guard
from pwa.rules.contact import recaps as rules
from pwa.rules.contact.contact_events import LIVE, REACHED, is_live
from pwa.rules.contact.recaps import RecapDebt
from pwa.rules.vocabulary.enums import Channel, Direction, Kind, Outcome, RequestStatus, Stage
from pwa.rules.vocabulary.timezones import local_day


@dataclass(frozen=True)
class Confirmed:
    """What a recap of `talk` says. `rhythm` is what was agreed about it on that day.

    `prevention` is the promise that what went wrong does not happen again; it is not among
    `promises`.
    """

    talk: Interaction
    done: list[ServiceRequest]
    still_open: list[ServiceRequest]
    promises: list[Promise]
    next_talk: Booking | None
    rhythm: Stage | None
    recovery: Recovery | None
    prevention: Promise | None


def read(talk: Interaction, now: datetime) -> Confirmed:
    """What was confirmed in a conversation, as it stands now."""
    recovery = session.get(Recovery, talk.recovery_id) if talk.recovery_id else None
    prevention_id = recovery.prevention_id if recovery else None
    rhythm = _rhythm(talk.client_id)
    covered = sorted(talk.covered, key=lambda one: (one.opened, one.id))
    done = [one for one in covered if one.status is RequestStatus.DONE]
    given = list(session.scalars(_promises_given_in(talk)))
    return Confirmed(
        talk,
        done=done,
        still_open=[one for one in covered if one not in done],
        promises=[one for one in given if one.id != prevention_id],
        next_talk=session.scalar(_next_talk(talk, now)),
        rhythm=rhythm.stage if rhythm and _agreed_in(talk, rhythm) else None,
        recovery=recovery,
        prevention=session.get(Promise, prevention_id) if prevention_id else None,
    )


def is_talk(row: Interaction) -> bool:
    """Whether there is anything to sum up: a live conversation that stands as it was told."""
    return is_live(row.kind, row.outcome) and row.superseded_at is None


def latest_talk(contact: Contact) -> Interaction | None:
    """The last live conversation with a contact, unless it was summed up already."""
    query = sa.select(Interaction).where(Interaction.contact_id == contact.id, *_live())
    query = query.order_by(Interaction.at.desc(), Interaction.id.desc()).limit(1)
    talk = session.scalar(query)
    return None if talk is None or sent(talk) else talk


def sent(talk: Interaction) -> Interaction | None:
    """The recap of a conversation that was sent already, the latest of several."""
    query = sa.select(Interaction).where(Interaction.recap_of_id == talk.id)
    query = query.where(Interaction.superseded_at.is_(None))
    return session.scalar(query.order_by(Interaction.id.desc()).limit(1))


def send(
    talk: Interaction, kind: Kind, text: str, user: User, key: str, now: datetime
) -> Interaction:
    """Store that a recap went out, with its words; a recovery keeps the moment (R16).

    Call it in a unit of work that holds the client.
    """
    if talk.recovery_id and (recovery := session.get(Recovery, talk.recovery_id)):
        recovery.recap = now.isoformat()
    happened = CallOutcome(
        ref=key,
        kind=kind,
        direction=Direction.OUT,
        outcome=Outcome.WRITTEN,
        at=now,
        note=text,
        recap_of=talk,
    )
    return calls.record(talk.client, talk.contact, user, happened, now)


def debt(talk: Interaction, today: date) -> RecapDebt | None:
    """What is to be said about a recap right after a conversation was saved."""
    if not is_talk(talk):
        return None
    given = session.scalars(_promises_given_in(talk)).all()
    return in_history([talk], given, _rhythm(talk.client_id), today).get(talk.id)


def in_history(
    rows: Sequence[Interaction],
    promises: Collection[Promise],
    rhythm: Cadence | None,
    today: date,
) -> dict[int, RecapDebt]:
    """Which conversations among `rows` (newest first) want a recap: with each contact the last one.

    Nothing is asked of the database: contacts, people and preferences come with the rows. `rhythm`
    is the client's cadence as it stands.
    """
    summed_up = {row.recap_of_id for row in rows}
    found: dict[int, RecapDebt] = {}
    met: set[int] = set()
    wrote_since: set[int | None] = set()
    for row in rows:
        if _wrote(row):
            wrote_since.add(row.contact_id)
        if not is_talk(row) or row.contact is None or row.contact.id in met:
            continue
        met.add(row.contact.id)
        day = local_day(row.at, row.user.zone)
        if row.id in summed_up or (today - day).days > rules.RECAP_LAPSES_AFTER:
            continue
        asks_for = rules.recap_debt(
            wants_writing=_asked_for_writing(row.contact, day),
            wrote_since=row.contact_id in wrote_since,
            promised=_promised(row, day, promises),
            decided=_agreed_in(row, rhythm),
            put_right=row.recovery_id is not None,
        )
        if asks_for:
            found[row.id] = asks_for
    return found


def _wrote(row: Interaction) -> bool:
    ours = row.outcome is Outcome.WRITTEN and row.direction is Direction.OUT
    return ours and not row.asks_for_time


def _asked_for_writing(contact: Contact, day: date) -> bool:
    known = [one for one in contact.preferences if one.asked_on is None or one.asked_on <= day]
    latest = max(known, key=lambda one: (one.asked_on or date.min, one.id), default=None)
    return bool(latest and latest.channel and latest.channel.is_writing)


def _promised(row: Interaction, day: date, promises: Collection[Promise]) -> bool:
    return any(one.contact_id == row.contact_id and one.made == day for one in promises)


def _promises_given_in(talk: Interaction) -> sa.Select[Any]:
    day = local_day(talk.at, talk.user.zone)
    query = sa.select(Promise).where(Promise.client_id == talk.client_id, Promise.made == day)
    query = query.where(_of_contact(Promise.contact_id, talk))
    return query.order_by(Promise.falls_due, Promise.id)


def _next_talk(talk: Interaction, now: datetime) -> sa.Select[Any]:
    query = sa.select(Booking).where(Booking.client_id == talk.client_id, Booking.at > now)
    query = query.where(Booking.settled_at.is_(None), Booking.cancelled_at.is_(None))
    query = query.where(_of_contact(Booking.contact_id, talk))
    return query.options(joinedload(Booking.contact)).order_by(Booking.at).limit(1)


def _rhythm(client_id: int) -> Cadence | None:
    query = sa.select(Cadence).where(Cadence.client_id == client_id, Cadence.ended_at.is_(None))
    return session.scalar(query)


def _agreed_in(talk: Interaction, rhythm: Cadence | None) -> bool:
    """Whether the client's rhythm was agreed with this contact on the day of the talk."""
    if rhythm is None or rhythm.agreed_with_id is None or rhythm.agreed_with_id != talk.contact_id:
        return False
    zone = talk.user.zone
    day = local_day(talk.at, zone)
    return local_day(rhythm.created_at, zone) == day <= rhythm.since


def _of_contact(column: Any, talk: Interaction) -> sa.ColumnElement[bool]:
    return column.is_(None) if talk.contact_id is None else column == talk.contact_id


def _live() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Interaction.kind.in_(LIVE),
        Interaction.outcome.in_(REACHED),
        Interaction.superseded_at.is_(None),
    )


def locking(talk: Interaction) -> Recovery | None:
    """What has to be talked about with the contact before anything is written to them (R15)."""
    return writing_guard.locking(talk.contact) if talk.contact else None


def channel_of(contact: Contact | None) -> Channel | None:
    """Their channel where it is one to write in."""
    wanted = contact.preference.channel if contact and contact.preference else None
    return wanted if wanted and wanted.is_writing else None
