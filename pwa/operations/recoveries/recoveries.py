"""Something went wrong: opened, prepared, talked about, prevented, checked and closed (R13-R16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Contact, Interaction, Promise, Recovery, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.recovery_checks import read_checks
from pwa.operations.common.audit_log import note_client
from pwa.operations.notices.recoveries import tell_of_closing, tell_of_opening
from pwa.operations.promises import promises
from pwa.rules.brief import recovery as rules
from pwa.rules.commitments.recovery_checks import Check, check_days
from pwa.rules.vocabulary.enums import Severity
from pwa.rules.vocabulary.timezones import local_day


@dataclass(frozen=True)
class Opened:
    """What a person says went wrong; `severity` None means not known yet, taken as high.

    `at` is when they said so, where that is not now.
    """

    contact: Contact | None
    cause: str
    severity: Severity | None
    at: datetime | None = None


@dataclass(frozen=True)
class RecoveryReview:
    """What a conversation was about: recoveries talked about, checks that held, or did not."""

    talked: frozenset[int] = frozenset()
    holds: frozenset[int] = frozenset()
    again: frozenset[int] = frozenset()


NOTHING = RecoveryReview()


def open_at(client_id: int) -> list[Recovery]:
    """What is open at a client, the oldest first."""
    query = sa.select(Recovery).where(Recovery.client_id == client_id, Recovery.closed.is_(None))
    return list(session.scalars(query.order_by(Recovery.opened, Recovery.id)))


def earlier_of(client_id: int, cause: str) -> Recovery | None:
    """The latest recovery of this client with the same cause, if any."""
    query = sa.select(Recovery).where(Recovery.client_id == client_id)
    found = session.scalars(query.order_by(Recovery.opened.desc(), Recovery.id.desc()))
    return next((one for one in found if rules.is_second_time(cause, [one.cause])), None)


def begin(client: Client, said: Opened, by: User, now: datetime) -> Recovery:
    """Open a recovery. The same cause as before makes it a second time (R16).

    It takes the place of what is open with the same contact; somebody else who waits to hear about
    it waits on. Where nobody has talked with them about it yet it is no second time but the same
    trouble still: that one stays, as late as it is, with the severity now said.
    """
    waiting = _untalked(client, said)
    if waiting is not None:
        return _said_again(waiting, client, said, by, now)
    before = earlier_of(client.id, said.cause)
    recovery = Recovery(
        client_id=client.id,
        contact_id=said.contact.id if said.contact else None,
        cause=said.cause,
        severity=said.severity,
        opened=said.at or now,
        opened_by_id=by.id,
        again_of_id=before.id if before else None,
    )
    for one in open_at(client.id):
        same = one.contact_id == recovery.contact_id
        if same and rules.is_second_time(said.cause, [one.cause]):
            one.closed = now
            note_client(client, "recovery closed", by, now, recovery=one.id, why="it came back")
    session.add(recovery)
    session.flush()
    note_client(client, "recovery opened", by, now, cause=said.cause, recovery=recovery.id)
    tell_of_opening(recovery, client, by, now)
    refresh_due_dates([client.id], now)
    return recovery


def _untalked(client: Client, said: Opened) -> Recovery | None:
    """The same trouble with the same contact, of which nobody has talked yet."""
    contact_id = said.contact.id if said.contact else None
    return next(
        (
            one
            for one in open_at(client.id)
            if one.live is None
            and one.contact_id == contact_id
            and rules.is_second_time(said.cause, [one.cause])
        ),
        None,
    )


def _said_again(
    waiting: Recovery, client: Client, said: Opened, by: User, now: datetime
) -> Recovery:
    waiting.severity = said.severity or waiting.severity
    session.flush()
    note_client(client, "recovery said again", by, now, recovery=waiting.id)
    refresh_due_dates([client.id], now)
    return waiting


def prepare(
    recovery: Recovery, make_good: str | None, know_by: datetime | None, by: User, now: datetime
) -> None:
    """Say what we will do about it, or by when we will know (R14)."""
    recovery.make_good, recovery.know_by = make_good, know_by
    client = session.get_one(Client, recovery.client_id)
    said = {"make_good": make_good, "know_by": know_by.isoformat() if know_by else None}
    note_client(client, "recovery prepared", by, now, recovery=recovery.id, **said)


def call_anyway(recovery: Recovery, by: User, now: datetime) -> None:
    """The deadline no longer waits for the contact's hours (R13)."""
    recovery.call_anyway = True
    client = session.get_one(Client, recovery.client_id)
    note_client(client, "recovery call anyway", by, now, recovery=recovery.id)
    refresh_due_dates([recovery.client_id], now)


def follow(client: Client, row: Interaction, said: RecoveryReview, by: User, now: datetime) -> None:
    """What a conversation settled: talked about for the first time, checks that held or did not."""
    for recovery in open_at(client.id):
        if recovery.id in said.talked and recovery.live is None:
            recovery.live = row.at
            recovery.checks = _stored(_first_checks(recovery, client))
            row.recovery_id = recovery.id
        elif recovery.id in said.holds:
            _held(recovery, client, local_day(row.at, client.owner.zone), by, now)
            row.recovery_id = recovery.id
        elif recovery.id in said.again:
            contact = session.get(Contact, recovery.contact_id) if recovery.contact_id else None
            begin(client, Opened(contact, recovery.cause, recovery.severity), by, now)


def undo(row: Interaction) -> None:
    """A conversation that was none: all that it was the first talk about is open again.

    The row names one recovery only, and several may have been talked about in it.
    """
    first = sa.update(Recovery).where(Recovery.client_id == row.client_id, Recovery.live == row.at)
    session.execute(first.values(live=None, checks=None, closed=None))
    checked = sa.or_(Recovery.id == row.recovery_id, Recovery.closed == row.received_at)
    for one in session.scalars(
        sa.select(Recovery).where(
            Recovery.client_id == row.client_id, Recovery.live < row.at, checked
        )
    ):
        _not_held(one, row)


def prevent(
    recovery: Recovery, client: Client, words: str, due: date, owner: User, by: User, now: datetime
) -> Promise:
    """What we do so that it does not happen again: a promise with an owner and a day (R16)."""
    contact = session.get(Contact, recovery.contact_id) if recovery.contact_id else None
    promise = promises.give(client, contact, words, due, by, now, owner=owner)
    recovery.prevention_id = promise.id
    return promise


def close(recovery: Recovery, why: str, by: User, now: datetime) -> None:
    """Close it by hand, and say why; closing it twice changes nothing.

    The supervisor hears of it where nobody had talked with them about it.
    """
    if recovery.closed is None:
        recovery.closed = now
        client = session.get_one(Client, recovery.client_id)
        note_client(client, "recovery closed", by, now, recovery=recovery.id, why=why)
        if recovery.live is None:
            tell_of_closing(recovery, client, by, now)
        session.flush()
        refresh_due_dates([recovery.client_id], now)


def checks_of(recovery: Recovery, client: Client) -> tuple[Check, ...]:
    """The checks once it was talked about: those written down, else those that follow."""
    if recovery.live is None:
        return ()
    return read_checks(recovery.checks) or _first_checks(recovery, client)


def _first_checks(recovery: Recovery, client: Client) -> tuple[Check, ...]:
    assert recovery.live is not None
    days = check_days(local_day(recovery.live, client.owner.zone), recovery.severity)
    return tuple(Check(day) for day in days)


def _held(recovery: Recovery, client: Client, day: date, by: User, now: datetime) -> None:
    checks = rules.complete_checks(checks_of(recovery, client), day)
    recovery.checks = _stored(checks)
    if rules.all_checks_done(checks):
        recovery.closed = now
        why = "the last check held"
        note_client(client, "recovery closed", by, now, recovery=recovery.id, why=why)


def _not_held(recovery: Recovery, row: Interaction) -> None:
    """What was asked in `row`, and closed with it, was not."""
    day = local_day(row.at, row.client.owner.zone)
    checks = read_checks(recovery.checks)
    recovery.checks = _stored([Check(one.due) if one.done == day else one for one in checks])
    if recovery.closed == row.received_at:
        recovery.closed = None


def _stored(checks: Sequence[Check]) -> list[dict[str, str | None]]:
    return [
        {"due": one.due.isoformat(), "done": one.done.isoformat() if one.done else None}
        for one in checks
    ]
