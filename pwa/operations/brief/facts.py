"""What the rules make of the rows that a brief looks back on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from pwa.models import Answer
from pwa.operations.brief.query import Rows
from pwa.operations.common.rule_settings import with_defaults
from pwa.rules.brief import brief
from pwa.rules.brief.recovery import is_second_time
from pwa.rules.commitments import promises, request_coverage
from pwa.rules.contact.preference import Answer as WishAnswer
from pwa.rules.contact.preference import AskReason, ComplianceEntry, ask_again
from pwa.rules.day_list import client_state
from pwa.rules.day_list.who_to_reach import contact_to_reach
from pwa.rules.scheduling import taper
from pwa.rules.scheduling.cadence import CadenceAgreement, IntensificationTerms
from pwa.rules.scheduling.intensification import ending_intensification
from pwa.rules.vocabulary.enums import (
    ClientStatus,
    Compliance,
    Direction,
    Kind,
    Mood,
    NeedKind,
    Priority,
    RequestKind,
    Stage,
)
from pwa.rules.vocabulary.settings import RuleSettings
from pwa.rules.vocabulary.timezones import local_day

_STAGES = {stage.value: stage for stage in Stage}


def as_it_stood(
    client: client_state.ClientState, rows: Rows, zone: ZoneInfo
) -> client_state.ClientState:
    """The client with the rhythm that was in force then: a later one is not known yet."""
    in_force = min(rows["cadence"], key=lambda row: (row.at is None, row.at or 0), default=None)
    dense = [_dense(row, zone) for row in rows["dense"]]
    held = [one for one in dense if one.until is None or not one.since or one.until >= one.since]
    if in_force is None:
        return client
    return replace(
        client,
        rhythm=CadenceAgreement(_STAGES[in_force.code], in_force.day, held[-1] if held else None),
    )


def facts_of(
    client: client_state.ClientState,
    desk: client_state.ManagerContext,
    rows: Rows,
    today: date,
    concerned: int | None = None,
) -> brief.BriefFacts:
    """The facts of the brief for the contact concerned, else for the one to reach."""
    contact = contact_to_reach(client, concerned)
    talks = [_talk(row, desk.zone) for row in reversed(rows["talk"]) if row.other == "reached"]
    waiting = [_waiting(row) for row in rows["request"]]
    promised = given_of(rows)
    return brief.BriefFacts(
        contact=contact.id if contact else None,
        today=today,
        wrong=[_wrong(row, rows["recovery"]) for row in rows["recovery"] if row.other != "closed"],
        owed=[_owed(row, one, today) for row, one in promised if one.kept is None],
        kept=promises.kept_ratio((one for _row, one in promised), today),
        slips=[slip for row, one in promised if (slip := _slip(row, one, today))],
        waiting=waiting,
        uncovered=request_coverage.uncovered(waiting, _last_gone_through(rows, desk.zone)),
        ask=_ask(contact, rows, desk.zone, today),
        offer=_offer(client, contact, rows, desk, today),
        intensification=_ending(client, contact, desk, today),
        needs=[_need(row) for row in rows["need"]],
        talks=talks,
        heard=_heard(rows, desk.zone, today),
        predecessor=_predecessor(rows, desk.zone),
    )


def _dense(row: Any, zone: ZoneInfo) -> IntensificationTerms:
    return IntensificationTerms(_STAGES[row.code], row.day, row.text, local_day(row.at, zone))


def _talk(row: Any, zone: ZoneInfo) -> brief.PastConversation:
    mood = Mood(row.code) if row.code else None
    minutes = int(row.ref) if row.ref else None
    on = local_day(row.at, zone)
    return brief.PastConversation(
        row.at, on, row.contact_id, row.number, row.text or None, minutes, mood
    )


def days_of(rows: Rows, zone: ZoneInfo) -> list[request_coverage.CoveredDay]:
    """The contact that counts, day by day, the oldest first."""
    gone_through = _gone_through(rows)
    counting = [row for row in rows["talk"] if row.other == "reached"]
    return [
        request_coverage.CoveredDay(
            day, frozenset[int]().union(*(gone_through[row.id] for row in same))
        )
        for day, same in groupby(counting, key=lambda row: local_day(row.at, zone))
    ]


def _gone_through(rows: Rows) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows["covered"]:
        found[row.id].add(row.number)
    return found


def _last_gone_through(rows: Rows, zone: ZoneInfo) -> request_coverage.CoveredDay | None:
    """The last day on which requests could be gone through: by talking, or as a letter says."""
    gone_through = _gone_through(rows)
    talks = [row for row in rows["talk"] if _is_live(row) or gone_through[row.id]]
    if not talks:
        return None
    day = local_day(talks[-1].at, zone)
    same = (gone_through[row.id] for row in talks if local_day(row.at, zone) == day)
    return request_coverage.CoveredDay(day, frozenset[int]().union(*same))


def _is_live(row: Any) -> bool:
    return row.other == "reached" and Kind(row.more).is_live


def _waiting(row: Any) -> brief.PendingRequest:
    return brief.PendingRequest(
        row.id,
        row.ref,
        row.text,
        RequestKind(row.other),
        Priority(row.code),
        row.day,
        row.last_day,
        row.contact_id,
    )


def _wrong(row: Any, recoveries: Sequence[Any]) -> brief.OpenRecovery:
    earlier = [one.text for one in recoveries if one.id != row.id and one.at <= row.at]
    again = row.number is not None or is_second_time(row.text, earlier)
    talked = row.until is not None
    return brief.OpenRecovery(
        row.text, row.contact_id, row.at, talked, row.more, row.third, again, row.id
    )


def given_of(rows: Rows) -> list[tuple[Any, promises.PromiseTerms]]:
    """Each promise with what the rules have to know of it."""
    moves: dict[int, list[promises.Move]] = defaultdict(list)
    for row in sorted(rows["move"], key=lambda row: row.id):
        moves[row.number].append(promises.Move(row.day, row.last_day, row.third_day))
    return [
        (row, promises.PromiseTerms(row.day, row.last_day, moves[row.id]))
        for row in rows["promise"]
    ]


def _owed(row: Any, one: promises.PromiseTerms, today: date) -> brief.OpenPromise:
    due = promises.expected_date(one.due, one.moves, today)
    late = promises.days_late(one.due, one.moves, None, today)
    return brief.OpenPromise(row.ref, row.text, due, late, row.contact_id)


def _slip(row: Any, one: promises.PromiseTerms, today: date) -> brief.LateKeptPromise | None:
    if one.kept is None:
        return None
    late = promises.days_late(one.due, one.moves, one.kept, today)
    return brief.LateKeptPromise(row.text, late, one.kept) if late else None


def _ask(
    contact: client_state.ContactState | None, rows: Rows, zone: ZoneInfo, today: date
) -> AskReason | None:
    """Why to ask how they like to hear from us (R4), None for no reason or for nobody to ask."""
    if contact is None:
        return None
    recent = [
        ComplianceEntry(
            local_day(row.at, zone), Kind(row.more), Direction(row.side), Compliance(row.extra)
        )
        for row in rows["talk"]
        if row.contact_id == contact.id and row.extra
    ]
    return ask_again(WishAnswer(contact.preference), recent, today, numbers_of(rows))


def _offer(
    client: client_state.ClientState,
    contact: client_state.ContactState | None,
    rows: Rows,
    desk: client_state.ManagerContext,
    today: date,
) -> Stage | None:
    """A slower cadence that they have earned; a client who is not active is offered none."""
    if client.status is not ClientStatus.ACTIVE:
        return None
    return taper.offered_stage(
        client.rhythm,
        days_of(rows, desk.zone),
        [
            taper.OpenRequest(row.id, row.day, Priority(row.code), row.text)
            for row in rows["request"]
        ],
        sum(row.other != "closed" for row in rows["recovery"]),
        [
            taper.Reply(row.day, _STAGES[row.code], row.other == Answer.NOT_YET)
            for row in rows["agreement"]
        ],
        today,
        client.calendar,
        client.away,
        contact.preference.days if contact else None,
        numbers_of(rows),
    )


def numbers_of(rows: Rows) -> RuleSettings:
    """The numbers of the rules as an administrator left them."""
    return with_defaults({row.text: row.number for row in rows["number"]})


def _ending(
    client: client_state.ClientState,
    contact: client_state.ContactState | None,
    desk: client_state.ManagerContext,
    today: date,
) -> brief.EndingIntensification | None:
    """The intensification to speak of today, because it ends or has ended (R10)."""
    rhythm, days = client.rhythm, contact.preference.days if contact else None
    last = local_day(client.last, desk.zone) if client.last else None
    found = ending_intensification(rhythm, last, today, client.calendar, client.away, days)
    if found is None:
        return None
    dense, ended = found
    if dense.until is None:
        return None
    return brief.EndingIntensification(dense.stage, dense.until, dense.reason, rhythm.stage, ended)


def _need(row: Any) -> brief.Need:
    return brief.Need(row.id, row.contact_id, NeedKind(row.code), row.text, row.day)


def _heard(rows: Rows, zone: ZoneInfo, today: date) -> list[brief.ContactRecency]:
    """Everybody there, with the day on which they last heard from us."""
    last = {row.contact_id: local_day(row.at, zone) for row in rows["heard"]}
    people = sorted(rows["person"], key=lambda row: (row.number, row.id))
    return [
        brief.ContactRecency(row.id, row.text, row.ref, day, (today - day).days if day else None)
        for row in people
        for day in (last.get(row.id),)
    ]


def _predecessor(rows: Rows, zone: ZoneInfo) -> brief.Predecessor | None:
    """Who had the client before, until the one who has it now has talked there (R25)."""
    if not rows["handover"]:
        return None
    latest = rows["handover"][-1]
    reached = [row for row in rows["talk"] if row.other == "reached"]
    if any(row.at > latest.at and row.number == int(latest.ref) for row in reached):
        return None
    noted = [row.text for row in reached if row.text and row.at <= latest.at]
    words = noted[-1] if noted else None
    return brief.Predecessor(latest.text, local_day(latest.at, zone), words)
