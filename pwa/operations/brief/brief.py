"""The brief before a conversation: of the first card, and in full (R18, R24)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import read
from pwa.i18n import gettext as _
from pwa.models import Client, Contact, User
from pwa.models.base import UtcDateTime
from pwa.operations.brief import wording
from pwa.operations.brief.brief_line import BriefLine
from pwa.operations.brief.cadence_facts import as_it_stood
from pwa.operations.brief.day_counts import DayTerms, done_today, due_clients, terms_of
from pwa.operations.brief.facts import facts_of
from pwa.operations.brief.query import brief_rows
from pwa.operations.client_state.loader import LoadedClient, load
from pwa.operations.text.datetime_text import clock_time
from pwa.operations.text.preference_text import preference_summary
from pwa.rules.brief import brief as rules
from pwa.rules.brief.recovery import writing_locked
from pwa.rules.day_list import client_state
from pwa.rules.day_list.reasons import cadence_reason
from pwa.rules.day_list.row import Row
from pwa.rules.day_list.who_to_reach import contact_to_reach
from pwa.rules.scheduling.cadence import effective_stage
from pwa.rules.vocabulary.enums import ClientStatus, Stage
from pwa.rules.vocabulary.timezones import local_day, moment


@dataclass(frozen=True, slots=True)
class LastWords:
    """Two counts of the day, and the role of the contact of the first card."""

    due: int
    done: int
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """About one row of the day list: who, where, and the lines of the card."""

    contact: client_state.ContactState | None
    facts: rules.Brief
    lines: tuple[BriefLine, ...]
    last: LastWords
    zone: ZoneInfo
    zone_differs: bool

    @property
    def wishes(self) -> str:
        """How the contact likes to hear from us, in a few words; empty when nobody asked."""
        return preference_summary(self.contact.preference) if self.contact else ""

    def there(self, now: datetime) -> str:
        """The time it is where they are, said only where it is another than here."""
        if not self.zone_differs:
            return ""
        return _("it is %(time)s there", time=clock_time(now, self.zone))


@dataclass(frozen=True, slots=True)
class FullBrief:
    """All of the brief of one client, as it stood at a moment.

    `short` is what can be read in fifteen seconds, `lines` everything.
    `stage` is the one that applied on that day, `next_due` None unless the client is active.
    """

    client: client_state.ClientState
    contact: client_state.ContactState | None
    facts: rules.Brief
    lines: tuple[BriefLine, ...]
    short: tuple[BriefLine, ...]
    stage: Stage
    next_due: date | None

    @property
    def writing_locked(self) -> bool:
        """Whether the contact to reach is called before they are written to (R15)."""
        return writing_locked(self.client.recoveries, self.contact.id if self.contact else None)


def full_brief(
    client_id: int, at: datetime, concerned: int | None = None, *, past: bool = False
) -> FullBrief:
    """The brief of a client, for the contact concerned, else for the one to reach.

    `past` says that `at` is not now: wishes and lengths are looked up as they stood then.
    """
    known = load(_this(), {"this": client_id}, at, past=past)[0]
    zone = known.manager.zone
    today = local_day(at, zone)
    rows = brief_rows(client_id, at, today)
    client = as_it_stood(known.client, rows, zone)
    facts = rules.brief(facts_of(client, zone, rows, today, concerned))
    context = (facts, names(client), at, zone)
    active = client.status is ClientStatus.ACTIVE
    return FullBrief(
        client,
        contact_to_reach(client, concerned),
        facts,
        wording.lines(*context),
        wording.in_short(*context),
        effective_stage(client.cadence, today),
        cadence_reason(client, known.manager, today).due if active else None,
    )


def names(client: client_state.ClientState) -> dict[int, str]:
    """The names of the client's contacts, by id."""
    return {contact.id: contact.name for contact in client.contacts}


@cache
def _this() -> sa.Select[int]:
    return sa.select(Client.id).where(Client.id == sa.bindparam("this"))


def last_words(row: Row | None, user: User, absent: Iterable[int], now: datetime) -> LastWords:
    """The role of the contact of `row`, read together with two counts of the user's day at `now`.

    `absent` are those for whom the user covers.
    """
    today = local_day(now, user.zone)
    terms = terms_of(user, absent, today, moment(today, time(), user.zone), now)
    values = asdict(terms)
    if row is None:
        counts: Any = read(_counts(), values).one()
        return LastWords(*counts)
    counts = read(_counts_and_role(), {**values, "contact": row.contact_id}).one()
    return LastWords(*counts)


@cache
def _counts() -> sa.Select[*tuple[Any, ...]]:
    """How many clients of a manager are due, and how much of the day is done."""
    moments = UtcDateTime()
    parameters = DayTerms(
        user=sa.bindparam("user"),
        team=sa.bindparam("team"),
        owners=sa.bindparam("owners", expanding=True),
        today=sa.bindparam("today", type_=sa.Date()),
        start=sa.bindparam("start", type_=moments),
        now=sa.bindparam("now", type_=moments),
    )
    return sa.select(due_clients(parameters).label("due"), done_today(parameters).label("done"))


@cache
def _counts_and_role() -> sa.Select[*tuple[Any, ...]]:
    role = sa.select(Contact.role).where(Contact.id == sa.bindparam("contact"))
    return _counts().add_columns(role.scalar_subquery().label("role"))


def brief_of(row: Row, known: LoadedClient, last: LastWords, now: datetime) -> Brief:
    """The brief of a row: one more query for what it looks back on."""
    client, manager = known.client, known.manager
    contact = known.contacts.get(row.contact_id or 0)
    zone = contact.zone or client.zone if contact else client.zone
    today = local_day(now, manager.zone)
    rows = brief_rows(client.id, now, today)
    facts = rules.brief(facts_of(client, manager.zone, rows, today, row.contact_id))
    return Brief(
        contact,
        facts,
        wording.in_short(facts, names(client), now, manager.zone),
        last,
        zone,
        zone != manager.zone,
    )
