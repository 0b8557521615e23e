"""As each contact of a client sees it (R7), and what to ask or offer them (R4, R6).

Two queries more for a whole client, however many people it has: their interactions of the last two
months, and what went wrong there. Contacts come with their preferences and needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.calendars import for_country
from pwa.db import session
from pwa.models import Client, Contact, Interaction, Recovery
from pwa.operations.client_state.booking_settlement import concerned
from pwa.operations.client_state.preference_compliance import answer_of, judge
from pwa.operations.common.rule_settings import numbers
from pwa.rules.contact import client_perspective as rules
from pwa.rules.contact import preference
from pwa.rules.contact.contact_events import LIVE, is_live
from pwa.rules.scheduling.cadence import CadenceAgreement, effective_stage
from pwa.rules.vocabulary.calendar import Away
from pwa.rules.vocabulary.enums import Compliance, Direction, Kind, Outcome
from pwa.rules.vocabulary.settings import RuleSettings
from pwa.rules.vocabulary.timezones import local_day, moment

_COLUMNS = (
    Interaction.contact_id,
    Interaction.kind,
    Interaction.direction,
    Interaction.outcome,
    Interaction.at,
    Interaction.reached,
    Interaction.stamp,
    sa.or_(
        Interaction.recap_of_id.is_not(None),
        Interaction.recovery_id.is_not(None),
        Interaction.asks_for_time,
    ),
    Interaction.asks_for_time,
)


@dataclass(frozen=True, slots=True)
class View:
    """One contact: their days, what they would say, why to ask them again, whether to offer a talk.

    `unmet` is what did not match what they asked for, whatever else they would say; `good_until`
    the last day on which their answer is not yet old.
    """

    days: tuple[rules.DayView, ...]
    verdict: rules.PerspectiveSummary | None
    ask: preference.AskReason | None
    unmet: preference.UnmetPreference | None
    good_until: date | None
    offer_talk: bool


@dataclass(frozen=True, slots=True)
class Event:
    """An interaction with one contact; `demanded` by the rules: a recap, or about a recovery."""

    contact: int
    day: date
    kind: Kind
    direction: Direction
    outcome: Outcome
    counts: bool
    stamp: Compliance
    demanded: bool


@dataclass(frozen=True, slots=True)
class _Client:
    """What all the contacts of a client share."""

    today: date
    rhythm: CadenceAgreement | None
    events: Sequence[Event]
    last: dict[int, tuple[date | None, date | None]]
    wrong: set[tuple[int, date]]
    waiting: set[int]
    numbers: RuleSettings


def read(
    client: Client, contacts: Sequence[Contact], rhythm: CadenceAgreement | None, now: datetime
) -> dict[int, View]:
    """What each contact sees, by its id; `contacts` as listed, the one to reach first."""
    zone = client.owner.zone
    today = local_day(now, zone)
    wrong, waiting = _wrong(client, contacts, zone)
    people = {one.id: one for one in contacts}
    shared = _Client(
        today,
        rhythm,
        list(_events(client, people, zone, today)),
        _last(client, zone),
        wrong,
        waiting,
        numbers(),
    )
    return {one.id: _view(client, one, shared, one is contacts[0]) for one in contacts}


def why_ask(contact: Contact, now: datetime) -> preference.AskReason | None:
    """Why to ask this one contact how they like to hear from us (R4); None when there is none."""
    answer, zone = answer_of(contact.preference), contact.client.owner.zone
    today = local_day(now, zone)
    events = _events(contact.client, {contact.id: contact}, zone, today)
    return preference.ask_again(answer, _ours(events, contact.id), today, numbers())


def _view(client: Client, contact: Contact, shared: _Client, to_reach: bool) -> View:
    answer, today = answer_of(contact.preference), shared.today
    last, last_live = shared.last.get(contact.id, (None, None))
    recent = list(_ours(shared.events, contact.id))
    expected = _expected(client, answer, shared, to_reach)
    wrong = contact.id in shared.waiting
    heard = [
        rules.ReceivedContact(one.contact, one.day, one.stamp, one.counts)
        for one in shared.events
        if _came(one)
    ]
    heard += [
        rules.ReceivedContact(who, day, Compliance.NOT_ASKED, counts=True)
        for who, (day, _live) in shared.last.items()
        if day and day < today - preference.COMPLIANCE_PERIOD
    ]
    days = rules.day_strip(contact.id, heard, shared.wrong, expected, today)
    return View(
        days=days,
        verdict=rules.summary(answer, last, expected, recent, wrong, days),
        ask=preference.ask_again(answer, recent, today, shared.numbers),
        unmet=preference.unmet_preference(answer, recent, today) if answer else None,
        good_until=preference.answer_fresh_until(answer, shared.numbers),
        offer_talk=preference.live_offer_due(answer, last_live, contact.talk_declined_on, today),
    )


def _expected(
    client: Client, answer: preference.Answer | None, shared: _Client, to_reach: bool
) -> rules.ContactExpectation | None:
    rhythm = shared.rhythm
    if rhythm is None:
        return None
    calendar = for_country(client.country or client.owner.home_country)
    away = [Away(one.first_day, one.last_day) for one in client.away]
    stage = effective_stage(rhythm, shared.today)
    return rules.contact_expectation(
        answer, stage, rhythm.since if to_reach else None, calendar, away
    )


def _came(one: Event) -> bool:
    """Whether it came to them: a conversation, or writing of ours."""
    if one.outcome is Outcome.WRITTEN:
        return one.direction is Direction.OUT
    return is_live(one.kind, one.outcome)


def _ours(
    events: Sequence[Event] | Iterator[Event], contact: int
) -> Iterator[preference.ComplianceEntry]:
    """What was ours to choose, tries included; a wrong number rang somewhere else."""
    for one in events:
        reached_them = one.outcome is not Outcome.WRONG_NUMBER
        if one.contact == contact and not one.demanded and reached_them:
            yield preference.ComplianceEntry(one.day, one.kind, one.direction, one.stamp)


def _events(
    client: Client, people: dict[int, Contact], zone: ZoneInfo, today: date
) -> Iterator[Event]:
    first = moment(today - preference.COMPLIANCE_PERIOD, time(), zone)
    query = (
        sa.select(*_COLUMNS)
        .where(Interaction.client_id == client.id, Interaction.superseded_at.is_(None))
        .where(Interaction.at >= first, Interaction.contact_id.in_(people))
        .order_by(Interaction.at, Interaction.id)
    )
    rows: Any = session.execute(query)  # none of them is without a contact
    for row in rows:
        contact, kind, direction, outcome, at, reached, stamp, demanded, _asks = row
        stamp = stamp or _judged(row, people[contact], zone)
        day = local_day(at, zone)
        yield Event(contact, day, kind, direction, outcome, reached, stamp, demanded)


def _judged(row: Any, contact: Contact, zone: ZoneInfo) -> Compliance:
    """The stamp of a row that is older than stamps are."""
    found = judge(row, contact.preferences, contact.zone, zone).stamp
    return found or Compliance.NOT_ASKED


def _last(client: Client, zone: ZoneInfo) -> dict[int, tuple[date | None, date | None]]:
    """By contact the day of the last contact that counts, and of the last conversation."""
    live = sa.case((Interaction.kind.in_(LIVE), Interaction.at))
    query = (
        sa.select(Interaction.contact_id, sa.func.max(Interaction.at), sa.func.max(live))
        .where(Interaction.client_id == client.id, Interaction.superseded_at.is_(None))
        .where(Interaction.reached, Interaction.contact_id.is_not(None))
        .group_by(Interaction.contact_id)
    )
    return {
        who: (at and local_day(at, zone), talked and local_day(talked, zone))
        for who, at, talked in session.execute(query)
    }


def _wrong(
    client: Client, contacts: Sequence[Contact], zone: ZoneInfo
) -> tuple[set[tuple[int, date]], set[int]]:
    """Contact and day of what went wrong, and with whom it was not talked about yet."""
    columns = (Recovery.contact_id, Recovery.opened, Recovery.live, Recovery.closed)
    days, waiting = set(), set()
    for who, opened, live, closed in session.execute(
        sa.select(*columns).where(Recovery.client_id == client.id)
    ):
        contact = concerned(who, contacts)
        days.add((contact, local_day(opened, zone)))
        if live is None and closed is None:
            waiting.add(contact)
    return days, waiting
