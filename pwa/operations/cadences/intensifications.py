"""Intensifications: a denser cadence for a reason, usually until a given day (R10)."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from pwa.db import session
from pwa.i18n import gettext as _
from pwa.i18n import lazy_gettext
from pwa.models import Client, Intensification, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.loader import LoadedClient
from pwa.operations.common.audit_log import audit_client
from pwa.operations.text.datetime_text import month
from pwa.rules.day_list.who_to_reach import contact_to_reach
from pwa.rules.scheduling.cadence import IntensificationTerms
from pwa.rules.scheduling.intensification import ending_intensification
from pwa.rules.vocabulary.enums import Stage
from pwa.rules.vocabulary.timezones import local_day

# Stored as the reason; worded by `web.clients.intensifications`.
PROJECT, MIGRATION, INCIDENT = "project", "migration", "incident"
NEGLECTED, TOP_CLIENT = "feels neglected", "top client"


def begin(
    client: Client, stage: Stage, until: date | None, reason: str, by: User, now: datetime
) -> Intensification:
    """Starts an intensification until `until` inclusive; an earlier one ends."""
    session.execute(
        sa.update(Intensification)
        .where(Intensification.client_id == client.id, Intensification.ended_at.is_(None))
        .values(ended_at=now)
    )
    intensification = Intensification(
        client_id=client.id,
        stage=stage,
        until=until,
        reason=reason,
        made_by_id=by.id,
        created_at=now,
    )
    session.add(intensification)
    last = until.isoformat() if until else None
    audit_client(client, "intensified", by, now, stage=stage.value, until=last, why=reason)
    refresh_due_dates([client.id], now)
    return intensification


def end(client: Client, dense: Intensification, reason: str, by: User, now: datetime) -> None:
    """Ends it early: yesterday becomes its last day."""
    planned = dense.until.isoformat() if dense.until else None
    dense.until = local_day(now, client.owner.zone) - timedelta(days=1)
    audit_client(client, "intensification ended", by, now, planned=planned, why=reason)
    refresh_due_dates([client.id], now)


def current(client: Client, now: datetime) -> Intensification | None:
    """The intensification in force today."""
    today = local_day(now, client.owner.zone)
    return session.scalar(
        sa.select(Intensification)
        .where(Intensification.client_id == client.id, Intensification.ended_at.is_(None))
        .where(sa.or_(Intensification.until.is_(None), Intensification.until >= today))
        .order_by(Intensification.id.desc())
        .limit(1)
    )


def ending_text(known: LoadedClient, at: datetime) -> str:
    """The brief's line on an intensification that ends with this conversation, or has ended since
    the last one; usually empty."""
    client, zone = known.client, known.manager.zone
    agreement, today = client.cadence, local_day(at, zone)
    contact = contact_to_reach(client)
    days = contact.preference.days if contact else None
    last = local_day(client.last, zone) if client.last else None
    announced = ending_intensification(agreement, last, today, client.calendar, client.away, days)
    if announced is None:
        return ""
    intensification, is_over = announced
    return (
        ended_text(intensification, agreement.stage)
        if is_over
        else last_call_text(intensification.stage)
    )


def last_call_text(stage: Stage) -> str:
    """The brief's line for the last conversation of an intensification."""
    return str(_LAST[stage])


def ended_text(intensification: IntensificationTerms, stage: Stage) -> str:
    """The brief's line once the intensification is over and `stage` applies again."""
    assert intensification.until
    day = f"{intensification.until.day} {month(intensification.until.month)}"
    words = {"what": _calls_text(intensification), "day": day, "again": _AGAIN[stage]}
    return _("%(what)s ended on %(day)s; %(again)s again", **words)


def _calls_text(intensification: IntensificationTerms) -> str:
    calls = str(_CALLS[intensification.stage])
    reason = intensification.reason.strip()
    if reason in _FOR:
        return _("%(calls)s for the %(reason)s", calls=calls, reason=_FOR[reason])
    return f"{calls} ({reason})" if reason else calls


_FOR = {
    PROJECT: lazy_gettext("project"),
    MIGRATION: lazy_gettext("migration"),
    INCIDENT: lazy_gettext("incident"),
}
_CALLS = {
    Stage.DAILY: lazy_gettext("Daily calls"),
    Stage.TWICE_WEEKLY: lazy_gettext("Calls twice a week"),
    Stage.WEEKLY: lazy_gettext("Weekly calls"),
    Stage.FORTNIGHTLY: lazy_gettext("Fortnightly calls"),
    Stage.MONTHLY: lazy_gettext("Monthly calls"),
}
_LAST = {
    Stage.DAILY: lazy_gettext("Last daily call: agree what follows"),
    Stage.TWICE_WEEKLY: lazy_gettext("Last of two calls a week: agree what follows"),
    Stage.WEEKLY: lazy_gettext("Last weekly call: agree what follows"),
    Stage.FORTNIGHTLY: lazy_gettext("Last fortnightly call: agree what follows"),
    Stage.MONTHLY: lazy_gettext("Last monthly call: agree what follows"),
}
_AGAIN = {
    Stage.DAILY: lazy_gettext("daily"),
    Stage.TWICE_WEEKLY: lazy_gettext("twice a week"),
    Stage.WEEKLY: lazy_gettext("weekly"),
    Stage.FORTNIGHTLY: lazy_gettext("every two weeks"),
    Stage.MONTHLY: lazy_gettext("monthly"),
    Stage.QUARTERLY: lazy_gettext("every quarter"),
}
