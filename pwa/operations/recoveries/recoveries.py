"""Recoveries (R13-R16): opened, prepared, talked about, prevented, checked and closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Contact, Interaction, Promise, Recovery, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.recovery_checks import read_checks
from pwa.operations.common.audit_log import audit_client
from pwa.operations.notices.planning.recoveries import notify_closing, notify_opening
from pwa.operations.promises import promises
from pwa.rules.brief import recovery as rules
from pwa.rules.commitments.recovery_checks import Check, check_days
from pwa.rules.vocabulary.enums import Severity
from pwa.rules.vocabulary.timezones import local_day


@dataclass(frozen=True)
class RecoveryReport:
    """The report that opens a recovery. An unknown severity (None) counts as high.

    `at` is when it was reported, if not now.
    """

    contact: Contact | None
    cause: str
    severity: Severity | None
    at: datetime | None = None


@dataclass(frozen=True)
class RecoveryReview:
    """Ids of recoveries talked about in a conversation, and of checks that held or failed."""

    talked: frozenset[int] = frozenset()
    holds: frozenset[int] = frozenset()
    again: frozenset[int] = frozenset()


NO_REVIEW = RecoveryReview()


def open_at(client_id: int) -> list[Recovery]:
    """The open recoveries of a client, oldest first."""
    query = sa.select(Recovery).where(Recovery.client_id == client_id, Recovery.closed.is_(None))
    return list(session.scalars(query.order_by(Recovery.opened, Recovery.id)))


def earlier_of(client_id: int, cause: str) -> Recovery | None:
    """The latest recovery of this client with the same cause, if any."""
    query = sa.select(Recovery).where(Recovery.client_id == client_id)
    recoveries = session.scalars(query.order_by(Recovery.opened.desc(), Recovery.id.desc()))
    return next((r for r in recoveries if rules.is_second_time(cause, [r.cause])), None)


def open_recovery(client: Client, report: RecoveryReport, by: User, now: datetime) -> Recovery:
    """Opens a recovery; the same cause as an earlier one makes it a recurrence (R16).

    It closes an open one of the same cause and contact; those of other contacts stay open. While
    an earlier report was not talked about yet, it is no recurrence: that recovery stays, with its
    deadline, and takes the severity reported now.
    """
    untalked = _find_untalked(client, report)
    if untalked is not None:
        return _update_severity(untalked, client, report, by, now)
    earlier = earlier_of(client.id, report.cause)
    recovery = Recovery(
        client_id=client.id,
        contact_id=report.contact.id if report.contact else None,
        cause=report.cause,
        severity=report.severity,
        opened=report.at or now,
        opened_by_id=by.id,
        again_of_id=earlier.id if earlier else None,
    )
    for recurring in open_at(client.id):
        same = recurring.contact_id == recovery.contact_id
        if same and rules.is_second_time(report.cause, [recurring.cause]):
            recurring.closed = now
            audit_client(
                client, "recovery closed", by, now, recovery=recurring.id, why="it came back"
            )
    session.add(recovery)
    session.flush()
    audit_client(client, "recovery opened", by, now, cause=report.cause, recovery=recovery.id)
    notify_opening(recovery, client, by, now)
    refresh_due_dates([client.id], now)
    return recovery


def _find_untalked(client: Client, report: RecoveryReport) -> Recovery | None:
    """The open recovery of the same cause and contact that was not talked about yet, if any."""
    contact_id = report.contact.id if report.contact else None
    return next(
        (
            recovery
            for recovery in open_at(client.id)
            if recovery.live is None
            and recovery.contact_id == contact_id
            and rules.is_second_time(report.cause, [recovery.cause])
        ),
        None,
    )


def _update_severity(
    recovery: Recovery, client: Client, report: RecoveryReport, by: User, now: datetime
) -> Recovery:
    recovery.severity = report.severity or recovery.severity
    session.flush()
    audit_client(client, "recovery said again", by, now, recovery=recovery.id)
    refresh_due_dates([client.id], now)
    return recovery


def prepare(
    recovery: Recovery, make_good: str | None, know_by: datetime | None, by: User, now: datetime
) -> None:
    """Stores what we will do about it, or by when we will know (R14)."""
    recovery.make_good, recovery.know_by = make_good, know_by
    client = session.get_one(Client, recovery.client_id)
    plan = {"make_good": make_good, "know_by": know_by.isoformat() if know_by else None}
    audit_client(client, "recovery prepared", by, now, recovery=recovery.id, **plan)


def call_anyway(recovery: Recovery, by: User, now: datetime) -> None:
    """Lets the deadline ignore the contact's hours (R13)."""
    recovery.call_anyway = True
    client = session.get_one(Client, recovery.client_id)
    audit_client(client, "recovery call anyway", by, now, recovery=recovery.id)
    refresh_due_dates([recovery.client_id], now)


def apply_review(
    client: Client, row: Interaction, review: RecoveryReview, by: User, now: datetime
) -> None:
    """Applies a review: marks recoveries as talked about and stores check results."""
    for recovery in open_at(client.id):
        if recovery.id in review.talked and recovery.live is None:
            recovery.live = row.at
            recovery.checks = _stored(_first_checks(recovery, client))
            row.recovery_id = recovery.id
        elif recovery.id in review.holds:
            _held(recovery, client, local_day(row.at, client.owner.zone), by, now)
            row.recovery_id = recovery.id
        elif recovery.id in review.again:
            contact = session.get(Contact, recovery.contact_id) if recovery.contact_id else None
            open_recovery(
                client, RecoveryReport(contact, recovery.cause, recovery.severity), by, now
            )


def undo_review(row: Interaction) -> None:
    """Undoes the review of a corrected conversation: what it talked about is open again.

    The row refers to one recovery only, but several may have been talked about in it.
    """
    first = sa.update(Recovery).where(Recovery.client_id == row.client_id, Recovery.live == row.at)
    session.execute(first.values(live=None, checks=None, closed=None))
    checked = sa.or_(Recovery.id == row.recovery_id, Recovery.closed == row.received_at)
    for recovery in session.scalars(
        sa.select(Recovery).where(
            Recovery.client_id == row.client_id, Recovery.live < row.at, checked
        )
    ):
        _not_held(recovery, row)


def prevent(
    recovery: Recovery, client: Client, words: str, due: date, owner: User, by: User, now: datetime
) -> Promise:
    """Stores the prevention of a recurrence: a promise with an owner and a due day (R16)."""
    contact = session.get(Contact, recovery.contact_id) if recovery.contact_id else None
    promise = promises.give(client, contact, words, due, by, now, owner=owner)
    recovery.prevention_id = promise.id
    return promise


def close(recovery: Recovery, why: str, by: User, now: datetime) -> None:
    """Closes a recovery by hand, with a reason (idempotent).

    Supervisors are notified if it was not talked about.
    """
    if recovery.closed is None:
        recovery.closed = now
        client = session.get_one(Client, recovery.client_id)
        audit_client(client, "recovery closed", by, now, recovery=recovery.id, why=why)
        if recovery.live is None:
            notify_closing(recovery, client, by, now)
        session.flush()
        refresh_due_dates([recovery.client_id], now)


def checks_of(recovery: Recovery, client: Client) -> tuple[Check, ...]:
    """The checks of a recovery that was talked about: stored ones, else the planned ones."""
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
        audit_client(client, "recovery closed", by, now, recovery=recovery.id, why=why)


def _not_held(recovery: Recovery, row: Interaction) -> None:
    """Undoes a check that was done in `row`, and the closing that followed."""
    day = local_day(row.at, row.client.owner.zone)
    checks = read_checks(recovery.checks)
    recovery.checks = _stored(
        [Check(check.due) if check.done == day else check for check in checks]
    )
    if recovery.closed == row.received_at:
        recovery.closed = None


def _stored(checks: Sequence[Check]) -> list[dict[str, str | None]]:
    return [
        {"due": check.due.isoformat(), "done": check.done.isoformat() if check.done else None}
        for check in checks
    ]
