"""What each contact heard from us, and what was said and written lately: one query."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pwa.db import read
from pwa.models import Contact, Interaction, Preference, User
from pwa.models.base import UtcDateTime
from pwa.models.interaction import covered
from pwa.rules.contact.contact_events import LIVE, REACHED, ContactEvent
from pwa.rules.contact.neglected_contacts import LastContact
from pwa.rules.day_list import client_state
from pwa.rules.vocabulary.enums import Channel, Direction, Kind, Outcome, Stage
from pwa.rules.vocabulary.timezones import local_day

LATELY = timedelta(days=9)  # a recap lapses after six days, whatever the zone
_STAGES = {stage.value: stage for stage in Stage}
_TYPES: dict[str, Any] = {
    "contact_id": sa.Integer(),
    "id": sa.Integer(),
    "number": sa.Integer(),
    "at": UtcDateTime(),
    "until": UtcDateTime(),
    "day": sa.Date(),
    "text": sa.Text(),
    "code": sa.String(20),
    "more": sa.String(20),
    "flag": sa.Boolean(),
    "other": sa.String(20),
}


@dataclass(slots=True)
class RecentContact:
    """The rows of one client by what they are."""

    rows: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def heard(
        self, contacts: Iterable[client_state.ContactState], owner_id: int, zone: ZoneInfo
    ) -> tuple[LastContact, ...]:
        """What each contact got, in days of the manager's `zone`."""
        last = {row.contact_id: row for row in self.rows["last"]}
        wishes = {row.contact_id: row for row in self.rows["wish"]}  # the newest comes last
        return tuple(
            _heard(one.id, last.get(one.id), wishes.get(one.id), owner_id, zone) for one in contacts
        )

    def exchanges(
        self, contacts: dict[int, client_state.ContactState], client_zone: ZoneInfo
    ) -> tuple[ContactEvent, ...]:
        """What was said and written, each with the channel that its contact wanted that day."""
        about: dict[int, set[int]] = defaultdict(set)
        said = {row.id: row for row in (*self.rows["talk"], *self.rows["wrote"])}
        for row in self.rows["wrote"]:
            if row.number is not None:
                about[row.id].add(row.number)
        return tuple(
            ContactEvent(
                row.contact_id,
                Kind(row.code),
                Direction(row.text),
                Outcome(row.more),
                row.at,
                self._wanted(contacts[row.contact_id], row.at, client_zone),
                frozenset(about[row.id]),
                bool(row.flag),
            )
            for row in said.values()
            if row.contact_id in contacts
        )

    def _wanted(
        self, contact: client_state.ContactState, at: datetime, zone: ZoneInfo
    ) -> Channel | None:
        day = local_day(at, contact.zone or zone)
        found = None
        for row in self.rows["wish"]:
            if row.contact_id == contact.id and (row.day is None or row.day <= day):
                found = row.code
        return Channel(found) if found else None


def recent_contact(ids: list[int], at: datetime, today: date) -> dict[int, RecentContact]:
    """By client what its contacts heard until `at`; `today` is the day for its manager."""
    found: dict[int, RecentContact] = defaultdict(RecentContact)
    if ids:
        values = {"ids": ids, "at": at, "lately": at - LATELY, "today": today}
        for row in read(_everything(), values).all():
            found[row.client_id].rows[row.what].append(row)
    return found


def _heard(
    contact: int, last: Any | None, wish: Any | None, owner_id: int, zone: ZoneInfo
) -> LastContact:
    often = wish.more if wish else None
    return LastContact(
        contact,
        local_day(last.at, zone) if last else None,
        wish.day if wish else None,
        _STAGES.get(often or ""),
        bool(wish and wish.flag),
        local_day(last.until, zone) if last and last.until else None,
        last.text if last and last.number != owner_id else "",
    )


_AT: Any = sa.bindparam("at", type_=UtcDateTime())
_IDS: Any = sa.bindparam("ids", expanding=True)
_STANDS = (Interaction.at <= _AT, Interaction.superseded_at.is_(None))
_IS_LIVE = (Interaction.outcome.in_(REACHED), Interaction.kind.in_(LIVE))


@cache
def _everything() -> sa.Select[*tuple[Any, ...]]:
    arms = sa.union_all(*_arms()).subquery()
    return sa.select(arms).order_by(arms.c.day.asc().nulls_first(), arms.c.at, arms.c.id)


def _arm(what: str, client: Any, **columns: Any) -> sa.Select[*tuple[Any, ...]]:
    given: list[Any] = [
        (
            sa.type_coerce(columns[name], kind) if name in columns else sa.cast(sa.null(), kind)
        ).label(name)
        for name, kind in _TYPES.items()
    ]
    return sa.select(
        sa.literal_column(f"'{what}'", sa.String()).label("what"), client.label("client_id"), *given
    )


def _arms() -> Iterator[Any]:
    yield _last()
    yield (
        _arm(
            "wish",
            Contact.client_id,
            contact_id=Preference.contact_id,
            id=Preference.id,
            day=Preference.asked_on,
            code=Preference.channel,
            more=Preference.how_often,
            flag=Preference.only_when_needed,
        )
        .join(Contact, Contact.id == Preference.contact_id)
        .where(Contact.client_id.in_(_IDS))
        .where(
            sa.or_(
                Preference.asked_on.is_(None),
                Preference.asked_on <= sa.bindparam("today", type_=sa.Date()),
            )
        )
    )
    recently = Interaction.at >= sa.bindparam("lately", type_=UtcDateTime())
    yield _exchange("talk").where(recently, *_IS_LIVE)
    talk = aliased(Interaction)
    talked_since = sa.exists(
        sa.select(talk.id).where(
            talk.client_id == Interaction.client_id,
            talk.contact_id == Interaction.contact_id,
            talk.at > Interaction.at,
            talk.at <= _AT,
            talk.superseded_at.is_(None),
            talk.outcome.in_(REACHED),
            talk.kind.in_(LIVE),
        )
    )
    yield (
        _exchange("wrote", number=covered.c.request_id)
        .outerjoin(covered, covered.c.interaction_id == Interaction.id)
        .where(Interaction.outcome == Outcome.WRITTEN, sa.or_(recently, ~talked_since))
        .where(~Interaction.asks_for_time)
    )


def _last() -> Any:
    """The last contact that counts with each person, who had it, and the last live one."""
    live = sa.case((sa.and_(*_IS_LIVE), Interaction.at))
    newest = (
        sa.select(
            Interaction.contact_id,
            sa.func.max(Interaction.at).label("at"),
            sa.func.max(live).label("live"),
        )
        .where(Interaction.client_id.in_(_IDS), Interaction.reached, *_STANDS)
        .group_by(Interaction.contact_id)
        .subquery()
    )
    return (
        _arm(
            "last",
            Interaction.client_id,
            contact_id=Interaction.contact_id,
            id=Interaction.id,
            number=Interaction.user_id,
            at=Interaction.at,
            until=newest.c.live,
            text=User.name,
        )
        .join(
            newest,
            (newest.c.contact_id == Interaction.contact_id) & (newest.c.at == Interaction.at),
        )
        .join(User, User.id == Interaction.user_id)
        .where(Interaction.client_id.in_(_IDS), Interaction.reached, *_STANDS)
    )


def _exchange(what: str, **more: Any) -> Any:
    return _arm(
        what,
        Interaction.client_id,
        contact_id=Interaction.contact_id,
        id=Interaction.id,
        at=Interaction.at,
        text=Interaction.direction,
        code=Interaction.kind,
        more=Interaction.outcome,
        flag=Interaction.recap_of_id.is_not(None),
        **more,
    ).where(Interaction.client_id.in_(_IDS), *_STANDS)
