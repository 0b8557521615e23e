"""What to know before the conversation: what we owe, what they wait for, the last words."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import read
from pwa.i18n import gettext as _
from pwa.models import Client, Contact, Interaction
from pwa.models.base import UtcDateTime
from pwa.operations.facts import Known
from pwa.operations.saying import clock_time
from pwa.operations.wishes import in_short
from pwa.rules import facts
from pwa.rules.row import Row
from pwa.rules.words import ClientStatus, Priority, RequestKind

_RANK = {Priority.HIGH: 0, Priority.MEDIUM: 1, Priority.LOW: 2, None: 3}


@dataclass(frozen=True, slots=True)
class LastWords:
    """What was said last at a client, the contact's role there, and two counts of the day."""

    due: int
    done: int
    role: str | None = None
    note: str | None = None
    at: datetime | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """About one row: promises by day, requests by weight, the recovery's make-good aside."""

    contact: facts.Contact | None
    promises: tuple[facts.Promise, ...]
    requests: tuple[facts.Request, ...]
    last: LastWords
    zone: ZoneInfo
    zone_differs: bool

    @property
    def ask_preference(self) -> bool:
        """Nobody asked them yet how they like to hear from us: the first thing to say (R4)."""
        return self.contact is not None and self.contact.preference.channel is None

    @property
    def wishes(self) -> str:
        """How the contact likes to hear from us, in a few words; empty when nobody asked."""
        return in_short(self.contact.preference) if self.contact else ""

    def there(self, now: datetime) -> str:
        """The time it is where they are, said only where it is another than here."""
        if not self.zone_differs:
            return ""
        return _("it is %(time)s there", time=clock_time(now, self.zone))

    def beyond(self, shown: int) -> int:
        """How many promises and requests there are beyond the first `shown` of each."""
        return max(0, len(self.promises) - shown) + max(0, len(self.requests) - shown)


def last_words(row: Row | None, user_id: int, today: date, start: datetime) -> LastWords:
    """The last words with the client of `row`, read together with two counts of the day.

    `start` is the moment at which the manager's day `today` began.
    """
    values: dict[str, Any] = {"user": user_id, "today": today, "start": start}
    if row is not None:
        values |= {"client": row.client_id, "contact": row.contact_id}
    found: Any = read(_counts() if row is None else _last_words(), values).one()
    return LastWords(*found)


@cache
def _counts() -> sa.Select[*tuple[Any, ...]]:
    """How many clients of a manager are due, and how many that manager has reached today."""
    user: Any = sa.bindparam("user")
    due = sa.select(sa.func.count()).where(
        Client.owner_id == user,
        Client.status == ClientStatus.ACTIVE,
        Client.next_due <= sa.bindparam("today", type_=sa.Date()),
    )
    done = (
        sa.select(sa.func.count(sa.distinct(Interaction.client_id)))
        .where(Interaction.user_id == user)
        .where(Interaction.at >= sa.bindparam("start", type_=UtcDateTime()))
        .where(Interaction.reached, Interaction.superseded_at.is_(None))
    )
    return sa.select(due.scalar_subquery().label("due"), done.scalar_subquery().label("done"))


@cache
def _last_words() -> sa.Select[*tuple[Any, ...]]:
    client: Any = sa.bindparam("client")
    newest = (
        sa.select(Interaction.id)
        .where(Interaction.client_id == client, Interaction.reached)
        .where(Interaction.superseded_at.is_(None))
        .order_by(Interaction.at.desc())
        .limit(1)
        .scalar_subquery()
    )
    said = (Contact.role, Interaction.note, Interaction.at, Interaction.minutes)
    return (
        _counts()
        .add_columns(*said)
        .select_from(Client)
        .outerjoin(Contact, Contact.id == sa.bindparam("contact"))
        .outerjoin(Interaction, Interaction.id == newest)
        .where(Client.id == client)
    )


def brief_of(row: Row, known: Known, last: LastWords) -> Brief:
    """The brief of a row, from the facts that made it."""
    client = known.client
    contact = known.contacts.get(row.contact_id or 0)
    zone = contact.zone or client.zone if contact else client.zone
    waiting = [one for one in client.requests if one.kind is RequestKind.REQUEST]
    return Brief(
        contact,
        tuple(sorted(client.promises, key=lambda one: one.due)),
        tuple(sorted(waiting, key=lambda one: _RANK[one.priority])),
        last,
        zone,
        zone != known.desk.zone,
    )
