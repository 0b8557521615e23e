"""The first queries of the day: clients with manager, cadence and last contact; their contacts."""

from datetime import date, datetime, time
from functools import cache, lru_cache
from inspect import signature
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.models import (
    Cadence,
    Client,
    Contact,
    Intensification,
    Interaction,
    Preference,
    Team,
    User,
    WrongNumber,
)
from pwa.models.base import UtcDateTime
from pwa.rules.day_list import client_state
from pwa.rules.scheduling.availability import UNKNOWN, AvailabilityPreference
from pwa.rules.vocabulary.enums import Channel

_AT: Any = sa.bindparam("at", type_=UtcDateTime())
zone_named = cache(ZoneInfo)


@cache
def heads(which: sa.Select[int], past: bool) -> sa.Select[*tuple[Any, ...]]:
    """Columns of the client itself, with its cadence and the last contact that counts.

    `past` takes the cadence that was agreed at the moment `at`.
    """
    last = (
        sa.select(sa.func.max(Interaction.at))
        .where(
            Interaction.client_id == Client.id,
            Interaction.reached,
            Interaction.superseded_at.is_(None),
            Interaction.at <= _AT,
        )
        .scalar_subquery()
    )
    return (
        sa.select(
            Client.id,
            Client.name,
            Client.owner_id,
            Client.tier,
            Client.status,
            Client.country,
            Client.timezone,
            Client.new_since,
            Client.next_due,
            Client.promised_on,
            Client.raised_on,
            Client.usual_minutes,
            Client.latitude,
            Client.longitude,
            Client.address,
            Client.town,
            User.timezone.label("owner_zone"),
            sa.func.coalesce(User.country, Team.country).label("owner_country"),
            Cadence.stage,
            Cadence.since,
            Client.created_at,
            Intensification.stage.label("dense_stage"),
            Intensification.until.label("dense_until"),
            Intensification.reason.label("dense_reason"),
            Intensification.created_at.label("dense_since"),
            last.label("last"),
        )
        .join(User, User.id == Client.owner_id)
        .join(Team, Team.id == User.team_id)
        .outerjoin(Cadence, _agreed(past))
        .outerjoin(Intensification, _dense(past))
        .where(Client.id.in_(which))
    )


def contact_rows(past: bool) -> sa.Select[*tuple[Any, ...]]:
    """Contacts of the clients `ids`, each with its current preference.

    `past` takes every preference stated by `day`, the newest last, and the contacts who had not
    left by `at`, with what was known of their numbers.
    """
    asked = sa.or_(Preference.asked_on.is_(None), Preference.asked_on <= sa.bindparam("day"))
    valid: Any = asked if past else Preference.is_current
    return (
        sa.select(
            Contact.id.label("contact_id"),
            Contact.client_id,
            Contact.name,
            Contact.phone,
            Contact.extension,
            Contact.email,
            Contact.timezone,
            Contact.is_primary,
            Contact.difficult,
            Contact.new_since,
            (_wrong_since() if past else Contact.number_wrong_since).label("number_wrong_since"),
            Preference.id.label("preference_id"),
            Preference.channel,
            Preference.days,
            Preference.opens,
            Preference.closes,
            Preference.asked_on,
        )
        .outerjoin(Preference, (Preference.contact_id == Contact.id) & valid)
        .where(Contact.client_id.in_(sa.bindparam("ids", expanding=True)), _is_there(past))
        .order_by(Contact.position, Contact.id, Preference.asked_on, Preference.id)
    )


def _is_there(past: bool) -> sa.ColumnElement[bool]:
    """Whether the contact has not left."""
    stays = Contact.archived_at.is_(None)
    return sa.or_(stays, Contact.archived_at > _AT) if past else stays


def _wrong_since() -> Any:
    """Since when the number of the contact was known to be wrong at `at`."""
    settled = sa.or_(WrongNumber.settled_at.is_(None), WrongNumber.settled_at > _AT)
    first = sa.select(sa.func.min(WrongNumber.at)).where(WrongNumber.contact_id == Contact.id)
    return first.where(WrongNumber.at <= _AT, settled).scalar_subquery()


def _agreed(past: bool) -> sa.ColumnElement[bool]:
    """The cadence that applies: each ends when the next begins, so the first that had not ended."""
    mine = Cadence.client_id == Client.id
    if not past:
        return mine & Cadence.ended_at.is_(None)
    first = sa.select(sa.func.min(Cadence.id)).where(mine, _lasts(Cadence)).correlate(Client)
    return Cadence.id == first.scalar_subquery()


def _dense(past: bool) -> sa.ColumnElement[bool]:
    mine = Intensification.client_id == Client.id
    if not past:
        return mine & Intensification.ended_at.is_(None)
    begun = Intensification.created_at <= _AT
    last = sa.select(sa.func.max(Intensification.id)).where(mine, begun, _lasts(Intensification))
    return Intensification.id == last.correlate(Client).scalar_subquery()


def _lasts(model: Any) -> sa.ColumnElement[bool]:
    return sa.or_(model.ended_at.is_(None), model.ended_at > _AT)


_WEEKDAYS = {name: number for number, name in enumerate("mon tue wed thu fri sat sun".split())}


def contact_of(
    contact_id: int,
    client_id: int,
    name: str,
    phone: str | None,
    extension: str | None,
    email: str | None,
    timezone: str | None,
    is_primary: bool,
    difficult: bool,
    new_since: date | None,
    number_wrong_since: datetime | None,
    preference_id: int | None,
    channel: Channel | None,
    days: str,
    opens: time | None,
    closes: time | None,
    asked_on: date | None,
) -> client_state.ContactState:
    """The contact of a row of `contacts_query`."""
    # Takes a whole row: by name, each column would cost a look-up in a loop of hundreds.
    wishes = _wishes_of(channel, days, opens, closes, asked_on) if preference_id else UNKNOWN
    there = zone_named(timezone) if timezone else None
    return client_state.ContactState(
        contact_id,
        name,
        None if number_wrong_since else phone,
        extension,
        email,
        there,
        wishes,
        is_primary,
        difficult,
        new_since,
        number_wrong_since,
    )


@cache
def contacts_query(past: bool) -> sa.Select[*tuple[Any, ...]]:
    """The query of contacts. Raises ValueError if its columns are not what `contact_of` takes."""
    statement = contact_rows(past)
    selected, taken = statement.selected_columns.keys(), list(signature(contact_of).parameters)
    if selected != taken:
        raise ValueError(f"contact_of takes {taken}; selected is {selected}")
    return statement


def wishes(row: Any) -> AvailabilityPreference:
    """A stored preference (or a row with its columns) as the rules know it."""
    return _wishes_of(row.channel, row.days, row.opens, row.closes, row.asked_on)


@lru_cache(maxsize=4096)
def _wishes_of(
    channel: Channel | None, days: str, opens: time | None, closes: time | None, asked: date | None
) -> AvailabilityPreference:
    """The same wishes are had by many: one value, never changed, does for all of them."""
    numbers = frozenset(_WEEKDAYS[name] for name in days.split(",")) if days else None
    return AvailabilityPreference(channel, numbers, opens, closes, asked)
