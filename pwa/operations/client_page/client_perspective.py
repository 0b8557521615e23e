"""Each contact's perspective of our contact with them (R7), and what to ask or offer them (R4, R6).

A fixed number of queries per client: interactions of the last two months, last contacts, and
recoveries. Contacts come with their preferences and needs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.calendars import for_country
from pwa.db import session
from pwa.models import Client, Contact, Interaction, InteractionContact, Recovery
from pwa.operations.client_page.perspective_events import PARTICIPANT, Event, read_events
from pwa.operations.client_state.booking_settlement import concerned
from pwa.operations.client_state.preference_compliance import answer_of
from pwa.operations.common.rule_settings import current_settings
from pwa.rules.contact import client_perspective as rules
from pwa.rules.contact import preference
from pwa.rules.contact.contact_events import LIVE, is_live
from pwa.rules.scheduling.cadence import CadenceAgreement, effective_stage
from pwa.rules.vocabulary.calendar import Away
from pwa.rules.vocabulary.enums import Compliance, Direction, Outcome
from pwa.rules.vocabulary.settings import RuleSettings
from pwa.rules.vocabulary.timezones import local_day


@dataclass(frozen=True, slots=True)
class ContactPerspective:
    """The perspective of one contact: days, summary, why to ask again, whether to offer a talk.

    `unmet` is the preference that was not met, independent of the summary; `good_until` is the
    last day on which their answer is recent, `known_since` the first on which they could hear.
    """

    days: tuple[rules.DayView, ...]
    known_since: date
    verdict: rules.PerspectiveSummary | None
    ask: preference.AskReason | None
    unmet: preference.UnmetPreference | None
    good_until: date | None
    offer_talk: bool


@dataclass(frozen=True, slots=True)
class _Shared:
    """Data shared by all contacts of a client."""

    today: date
    agreement: CadenceAgreement | None
    events: Sequence[Event]
    last: dict[int, tuple[date | None, date | None]]
    recovery_days: set[tuple[int, date]]
    untalked: set[int]
    settings: RuleSettings


def read(
    client: Client, contacts: Sequence[Contact], agreement: CadenceAgreement | None, now: datetime
) -> dict[int, ContactPerspective]:
    """The perspective of each contact, by id; `contacts` in list order, primary first."""
    zone = client.owner.zone
    today = local_day(now, zone)
    recovery_days, untalked = _recoveries(client, contacts, zone)
    by_id = {contact.id: contact for contact in contacts}
    shared = _Shared(
        today,
        agreement,
        list(read_events(client, by_id, zone, today)),
        _last_contacts(client, zone),
        recovery_days,
        untalked,
        current_settings(),
    )
    return {c.id: _perspective(client, c, shared, c is contacts[0]) for c in contacts}


def ask_reason(contact: Contact, now: datetime) -> preference.AskReason | None:
    """Why to ask this contact for their preference (R4), or None."""
    answer, zone = answer_of(contact.preference), contact.client.owner.zone
    today = local_day(now, zone)
    events = read_events(contact.client, {contact.id: contact}, zone, today)
    return preference.ask_again(
        answer, _compliance_entries(events, contact.id), today, current_settings()
    )


def _perspective(
    client: Client, contact: Contact, shared: _Shared, to_reach: bool
) -> ContactPerspective:
    answer, today = answer_of(contact.preference), shared.today
    last, last_live = shared.last.get(contact.id, (None, None))
    recent = list(_compliance_entries(shared.events, contact.id))
    expected = _expectation(client, contact, answer, shared, to_reach)
    is_untalked = contact.id in shared.untalked
    received = [
        rules.ReceivedContact(event.contact, event.day, event.stamp, event.counts)
        for event in shared.events
        if _is_received(event)
    ]
    received += [
        rules.ReceivedContact(contact_id, day, Compliance.NOT_ASKED, counts=True)
        for contact_id, (day, _live) in shared.last.items()
        if day and day < today - preference.COMPLIANCE_PERIOD
    ]
    days = rules.day_strip(contact.id, received, shared.recovery_days, expected, today)
    return ContactPerspective(
        days=days,
        known_since=_known_since(client, contact, answer, shared, received),
        verdict=rules.summary(answer, last, expected, recent, is_untalked, days),
        ask=preference.ask_again(answer, recent, today, shared.settings),
        unmet=preference.unmet_preference(answer, recent, today) if answer else None,
        good_until=preference.answer_fresh_until(answer, shared.settings),
        offer_talk=preference.live_offer_due(answer, last_live, contact.talk_declined_on, today),
    )


def _known_since(
    client: Client,
    contact: Contact,
    answer: preference.Answer | None,
    shared: _Shared,
    received: Sequence[rules.ReceivedContact],
) -> date:
    signs = [event.day for event in received if event.contact == contact.id]
    if answer and answer.wishes.asked_on:
        signs.append(answer.wishes.asked_on)
    if shared.agreement and not contact.new_since:
        signs.append(shared.agreement.since)
    came = contact.new_since or local_day(client.created_at, client.owner.zone)
    return rules.known_since(came, signs)


def _expectation(
    client: Client,
    contact: Contact,
    answer: preference.Answer | None,
    shared: _Shared,
    to_reach: bool,
) -> rules.ContactExpectation | None:
    agreement = shared.agreement
    if agreement is None:
        return None
    calendar = for_country(client.country or client.owner.home_country)
    away = [Away(block.first_day, block.last_day) for block in client.away]
    stage = effective_stage(agreement, shared.today)
    return rules.contact_expectation(
        answer,
        stage,
        agreement.since if to_reach else None,
        calendar,
        away,
        contact.new_since,
    )


def _is_received(event: Event) -> bool:
    """Whether the contact received it: a conversation, or a message from us."""
    if event.outcome is Outcome.WRITTEN:
        return event.direction is Direction.OUT
    return is_live(event.kind, event.outcome)


def _compliance_entries(
    events: Sequence[Event] | Iterator[Event], contact_id: int
) -> Iterator[preference.ComplianceEntry]:
    """Interactions of our choice with a contact, attempts included, wrong numbers left out."""
    for event in events:
        reached_them = event.outcome is not Outcome.WRONG_NUMBER
        if event.contact == contact_id and not event.demanded and reached_them:
            yield preference.ComplianceEntry(event.day, event.kind, event.direction, event.stamp)


def _last_contacts(client: Client, zone: ZoneInfo) -> dict[int, tuple[date | None, date | None]]:
    """By contact id: the day of the last contact that counts, and of the last conversation."""
    live = sa.case((Interaction.kind.in_(LIVE), Interaction.at))
    latest = (sa.func.max(Interaction.at).label("at"), sa.func.max(live).label("talked"))
    counts = (
        Interaction.client_id == client.id,
        Interaction.superseded_at.is_(None),
        Interaction.reached,
    )
    own = sa.select(Interaction.contact_id, *latest).where(Interaction.contact_id.is_not(None))
    also = sa.select(InteractionContact.contact_id, *latest).select_from(Interaction)
    query: Any = sa.union_all(
        own.where(*counts).group_by(Interaction.contact_id),
        also.join(*PARTICIPANT).where(*counts).group_by(InteractionContact.contact_id),
    )
    last: dict[int, tuple[date | None, date | None]] = {}
    for contact_id, at, talked in session.execute(query):
        day, live_day = last.get(contact_id, (None, None))
        last[contact_id] = (_later(day, at, zone), _later(live_day, talked, zone))
    return last


def _later(day: date | None, at: datetime | None, zone: ZoneInfo) -> date | None:
    return max(filter(None, (day, at and local_day(at, zone))), default=None)


def _recoveries(
    client: Client, contacts: Sequence[Contact], zone: ZoneInfo
) -> tuple[set[tuple[int, date]], set[int]]:
    """(contact id, day) of all recoveries, and the ids of contacts with an untalked one."""
    columns = (Recovery.contact_id, Recovery.opened, Recovery.live, Recovery.closed)
    days, untalked = set(), set()
    for contact_id, opened, live, closed in session.execute(
        sa.select(*columns).where(Recovery.client_id == client.id)
    ):
        concerned_id = concerned(contact_id, contacts)
        days.add((concerned_id, local_day(opened, zone)))
        if live is None and closed is None:
            untalked.add(concerned_id)
    return days, untalked
