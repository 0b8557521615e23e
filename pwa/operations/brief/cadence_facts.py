"""The cadence side of a brief: what applied then, and which slower cadence to offer (R9, R10)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from pwa.models.cadence import Answer
from pwa.operations.brief.rows import BriefRows
from pwa.operations.common.rule_settings import with_defaults
from pwa.rules.brief import brief
from pwa.rules.commitments.request_coverage import CoveredDay
from pwa.rules.day_list import client_state
from pwa.rules.scheduling import taper
from pwa.rules.scheduling.cadence import CadenceAgreement, IntensificationTerms
from pwa.rules.scheduling.intensification import ending_intensification
from pwa.rules.vocabulary.enums import ClientStatus, Stage
from pwa.rules.vocabulary.settings import RuleSettings
from pwa.rules.vocabulary.timezones import local_day


def as_it_stood(
    client: client_state.ClientState, rows: BriefRows, zone: ZoneInfo
) -> client_state.ClientState:
    """The client with the cadence that was in force at the moment of `rows`."""
    in_force = min(
        rows.cadences,
        key=lambda cadence: (cadence.ended_at is None, cadence.ended_at or 0),
        default=None,
    )
    if in_force is None:
        return client
    intensifications = [
        IntensificationTerms(row.stage, row.until, row.reason, local_day(row.created_at, zone))
        for row in rows.intensifications
    ]
    held = [
        terms
        for terms in intensifications
        if terms.until is None or not terms.since or terms.until >= terms.since
    ]
    agreement = CadenceAgreement(in_force.stage, in_force.since, held[-1] if held else None)
    return replace(client, cadence=agreement)


def covered_days(rows: BriefRows, zone: ZoneInfo) -> list[CoveredDay]:
    """The days with contact that counts, oldest first, with the requests covered on each (R11)."""
    covered = covered_requests(rows)
    counting = [row for row in rows.conversations if row.reached]
    return [
        CoveredDay(day, frozenset[int]().union(*(covered[row.id] for row in same_day)))
        for day, same_day in groupby(counting, key=lambda row: local_day(row.at, zone))
    ]


def covered_requests(rows: BriefRows) -> Mapping[int, set[int]]:
    """The requests that each conversation covered, by its id."""
    covered: dict[int, set[int]] = defaultdict(set)
    for row in rows.covered:
        covered[row.interaction_id].add(row.request_id)
    return covered


def cadence_offer(
    client: client_state.ClientState,
    contact: client_state.ContactState | None,
    rows: BriefRows,
    zone: ZoneInfo,
    today: date,
) -> Stage | None:
    """The slower stage that is earned (R9), None for none or for a client who is not active."""
    if client.status is not ClientStatus.ACTIVE:
        return None
    return taper.offered_stage(
        client.cadence,
        covered_days(rows, zone),
        [taper.OpenRequest(row.id, row.opened, row.priority, row.title) for row in rows.requests],
        sum(not recovery.is_closed for recovery in rows.recoveries),
        [taper.Reply(row.on, row.stage, row.answer is Answer.NOT_YET) for row in rows.agreements],
        today,
        client.calendar,
        client.away,
        contact.preference.days if contact else None,
        settings_of(rows),
    )


def settings_of(rows: BriefRows) -> RuleSettings:
    """The rule settings as an administrator left them."""
    return with_defaults({setting.name: setting.value for setting in rows.settings})


def ending(
    client: client_state.ClientState,
    contact: client_state.ContactState | None,
    zone: ZoneInfo,
    today: date,
) -> brief.EndingIntensification | None:
    """The intensification that ends today or has ended, with what follows it (R10)."""
    agreement, days = client.cadence, contact.preference.days if contact else None
    last = local_day(client.last, zone) if client.last else None
    match = ending_intensification(agreement, last, today, client.calendar, client.away, days)
    if match is None:
        return None
    terms, ended = match
    if terms.until is None:
        return None
    return brief.EndingIntensification(
        terms.stage, terms.until, terms.reason, agreement.stage, ended
    )
