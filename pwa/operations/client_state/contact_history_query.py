"""The statement behind `recent_contact`: what contacts heard and asked for, in one query."""

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pwa.combined_read import CombinedRead
from pwa.models import Contact, Interaction, InteractionContact, Preference, User
from pwa.models.base import UtcDateTime
from pwa.models.interaction import covered
from pwa.rules.contact.contact_events import LIVE, REACHED
from pwa.rules.vocabulary.enums import Channel, Direction, Kind, Outcome, Stage

_AT: Any = sa.bindparam("at", type_=UtcDateTime())
_IDS: Any = sa.bindparam("ids", expanding=True)
_TODAY: Any = sa.bindparam("today", type_=sa.Date())
_IS_RECENT = Interaction.at >= sa.bindparam("lately", type_=UtcDateTime())
_STANDS = (Interaction.at <= _AT, Interaction.superseded_at.is_(None))
_IS_LIVE = (Interaction.outcome.in_(REACHED), Interaction.kind.in_(LIVE))

_PARTICIPANT: Any = (InteractionContact, InteractionContact.interaction_id == Interaction.id)


class LastContactRow(NamedTuple):
    """The last contact that counts with a contact (R2), and the moment of the last live one."""

    client_id: int
    contact_id: int
    id: int
    at: datetime
    live: datetime | None
    user_id: int
    user_name: str


class PreferenceRow(NamedTuple):
    client_id: int
    contact_id: int
    id: int
    channel: Channel | None
    how_often: Stage | None
    asked_on: date | None
    only_when_needed: bool


class ConversationRow(NamedTuple):
    client_id: int
    contact_id: int | None
    id: int
    kind: Kind
    direction: Direction
    outcome: Outcome
    at: datetime
    is_recap: bool


class MessageRow(NamedTuple):
    """A written message, once for each request that it covered, once with None where it did not."""

    client_id: int
    contact_id: int | None
    id: int
    kind: Kind
    direction: Direction
    outcome: Outcome
    at: datetime
    is_recap: bool
    request_id: int | None


class ContactHistoryRows(NamedTuple):
    """`also_last` and `also_there` are of further contacts who took part in a conversation."""

    last: list[LastContactRow]
    also_last: list[LastContactRow]
    preferences: list[PreferenceRow]
    conversations: list[ConversationRow]
    also_there: list[ConversationRow]
    messages: list[MessageRow]


@cache
def contact_history_query() -> CombinedRead[ContactHistoryRows]:
    """Reads them for the parameters ids, at, lately and today."""
    return CombinedRead(
        ContactHistoryRows,
        last=_last(Interaction.contact_id),
        also_last=_last(InteractionContact.contact_id),
        preferences=_preferences(),
        conversations=_interactions().where(_IS_RECENT, *_IS_LIVE),
        also_there=_interactions(InteractionContact.contact_id).where(_IS_RECENT, *_IS_LIVE),
        messages=_messages(),
    )


def _last(contact_id: Any) -> Any:
    """The newest contact that counts, by `contact_id` of interactions or of who took part."""
    live = sa.case((sa.and_(*_IS_LIVE), Interaction.at))
    newest = (
        _of_whom(
            sa.select(
                contact_id.label("contact_id"),
                sa.func.max(Interaction.at).label("at"),
                sa.func.max(live).label("live"),
            ),
            contact_id,
        )
        .where(Interaction.client_id.in_(_IDS), Interaction.reached, *_STANDS)
        .group_by(contact_id)
        .subquery()
    )
    is_newest = (newest.c.contact_id == contact_id) & (newest.c.at == Interaction.at)
    columns = _of_whom(
        sa.select(
            Interaction.client_id,
            contact_id.label("contact_id"),
            Interaction.id,
            Interaction.at,
            newest.c.live,
            Interaction.user_id,
            User.name.label("user_name"),
        ),
        contact_id,
    )
    return (
        columns.join(newest, is_newest)
        .join(User, User.id == Interaction.user_id)
        .where(Interaction.client_id.in_(_IDS), Interaction.reached, *_STANDS)
    )


def _preferences() -> Any:
    asked_by_then = sa.or_(Preference.asked_on.is_(None), Preference.asked_on <= _TODAY)
    return (
        sa.select(
            Contact.client_id,
            Preference.contact_id,
            Preference.id,
            Preference.channel,
            Preference.how_often,
            Preference.asked_on,
            Preference.only_when_needed,
        )
        .join(Contact, Contact.id == Preference.contact_id)
        .where(Contact.client_id.in_(_IDS), asked_by_then)
    )


def _of_whom(query: Any, contact_id: Any) -> Any:
    query = query.select_from(Interaction)
    return query if contact_id is Interaction.contact_id else query.join(*_PARTICIPANT)


def _interactions(contact_id: Any = Interaction.contact_id) -> Any:
    columns = (
        Interaction.client_id,
        contact_id.label("contact_id"),
        Interaction.id,
        Interaction.kind,
        Interaction.direction,
        Interaction.outcome,
        Interaction.at,
        Interaction.recap_of_id.is_not(None).label("is_recap"),
    )
    query = _of_whom(sa.select(*columns), contact_id)
    return query.where(Interaction.client_id.in_(_IDS), *_STANDS)


def _messages() -> Any:
    """Recent messages, and earlier ones without a conversation since."""
    talk = aliased(Interaction)
    took_part = sa.exists(
        sa.select(InteractionContact.interaction_id).where(
            InteractionContact.interaction_id == talk.id,
            InteractionContact.contact_id == Interaction.contact_id,
        )
    )
    talked_since = sa.exists(
        sa.select(talk.id).where(
            talk.client_id == Interaction.client_id,
            sa.or_(talk.contact_id == Interaction.contact_id, took_part),
            talk.at > Interaction.at,
            talk.at <= _AT,
            talk.superseded_at.is_(None),
            talk.outcome.in_(REACHED),
            talk.kind.in_(LIVE),
        )
    )
    return (
        _interactions()
        .add_columns(covered.c.request_id)
        .outerjoin(covered, covered.c.interaction_id == Interaction.id)
        .where(Interaction.outcome == Outcome.WRITTEN, sa.or_(_IS_RECENT, ~talked_since))
        .where(~Interaction.asks_for_time)
    )
