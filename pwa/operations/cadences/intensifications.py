"""A denser cadence for a reason and, as a rule, for a while (R10)."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from pwa.db import session
from pwa.i18n import gettext as _
from pwa.i18n import lazy_gettext
from pwa.models import Client, Intensification, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.loader import LoadedClient
from pwa.operations.common.audit_log import note_client
from pwa.operations.text.datetime_text import month
from pwa.rules.day_list.who_to_reach import contact_to_reach
from pwa.rules.scheduling.cadence import IntensificationTerms
from pwa.rules.scheduling.intensification import ending_intensification
from pwa.rules.vocabulary.enums import Stage
from pwa.rules.vocabulary.timezones import local_day

# What is kept as the reason; `web.intensifications` says them.
PROJECT, MIGRATION, INCIDENT = "project", "migration", "incident"
NEGLECTED, TOP_CLIENT = "feels neglected", "top client"


def begin(
    client: Client, stage: Stage, until: date | None, reason: str, by: User, now: datetime
) -> Intensification:
    """Talk more often from today to `until`, its last day; one that holds already gives way."""
    session.execute(
        sa.update(Intensification)
        .where(Intensification.client_id == client.id, Intensification.ended_at.is_(None))
        .values(ended_at=now)
    )
    dense = Intensification(
        client_id=client.id,
        stage=stage,
        until=until,
        reason=reason,
        made_by_id=by.id,
        created_at=now,
    )
    session.add(dense)
    last = until.isoformat() if until else None
    note_client(client, "intensified", by, now, stage=stage.value, until=last, why=reason)
    refresh_due_dates([client.id], now)
    return dense


def end(client: Client, dense: Intensification, reason: str, by: User, now: datetime) -> None:
    """Let it end early: yesterday was its last day."""
    planned = dense.until.isoformat() if dense.until else None
    dense.until = local_day(now, client.owner.zone) - timedelta(days=1)
    note_client(client, "intensification ended", by, now, planned=planned, why=reason)
    refresh_due_dates([client.id], now)


def holding(client: Client, now: datetime) -> Intensification | None:
    """The one that holds today."""
    today = local_day(now, client.owner.zone)
    return session.scalar(
        sa.select(Intensification)
        .where(Intensification.client_id == client.id, Intensification.ended_at.is_(None))
        .where(sa.or_(Intensification.until.is_(None), Intensification.until >= today))
        .order_by(Intensification.id.desc())
        .limit(1)
    )


def said_aloud(known: LoadedClient, at: datetime) -> str:
    """What the brief says of an intensification that ends with this conversation or has ended
    since the last one; empty as a rule."""
    client, zone = known.client, known.desk.zone
    rhythm, today = client.rhythm, local_day(at, zone)
    contact = contact_to_reach(client)
    days = contact.preference.days if contact else None
    last = local_day(client.last, zone) if client.last else None
    found = ending_intensification(rhythm, last, today, client.calendar, client.away, days)
    if found is None:
        return ""
    dense, is_over = found
    return ended_words(dense, rhythm.stage) if is_over else last_words(dense.stage)


def last_words(stage: Stage) -> str:
    """What the brief of the last dense conversation says."""
    return str(_LAST[stage])


def ended_words(dense: IntensificationTerms, stage: Stage) -> str:
    """What the brief says once it is over and `stage` applies again."""
    assert dense.until
    said = f"{dense.until.day} {month(dense.until.month)}"
    words = {"what": _what(dense), "day": said, "again": _AGAIN[stage]}
    return _("%(what)s ended on %(day)s; %(again)s again", **words)


def _what(dense: IntensificationTerms) -> str:
    calls = str(_CALLS[dense.stage])
    reason = dense.reason.strip()
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
