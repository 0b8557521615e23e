"""The facts of a brief for the rules, from the rows that it looks back on."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from zoneinfo import ZoneInfo

from pwa.operations.brief.cadence_facts import (
    cadence_offer,
    covered_requests,
    ending,
    settings_of,
)
from pwa.operations.brief.rows import (
    BriefRows,
    ConversationRow,
    PromiseRow,
    RecoveryRow,
    RequestRow,
)
from pwa.rules.brief import brief
from pwa.rules.brief.recovery import is_second_time
from pwa.rules.commitments import promises, request_coverage
from pwa.rules.contact.preference import Answer, AskReason, ComplianceEntry, ask_again
from pwa.rules.day_list import client_state
from pwa.rules.day_list.who_to_reach import contact_to_reach
from pwa.rules.vocabulary.timezones import local_day


def facts_of(
    client: client_state.ClientState,
    zone: ZoneInfo,
    rows: BriefRows,
    today: date,
    concerned: int | None = None,
) -> brief.BriefFacts:
    """The facts for the contact concerned, else for the one to reach; days are in `zone`."""
    contact = contact_to_reach(client, concerned)
    pending = [_pending(request) for request in rows.requests]
    promised = _promise_terms(rows)
    return brief.BriefFacts(
        contact=contact.id if contact else None,
        today=today,
        wrong=[
            _open_recovery(recovery, rows.recoveries)
            for recovery in rows.recoveries
            if not recovery.is_closed
        ],
        owed=[_open(row, terms, today) for row, terms in promised if terms.kept is None],
        kept=promises.kept_ratio((terms for _row, terms in promised), today),
        slips=[slip for row, terms in promised if (slip := _kept_late(row, terms, today))],
        waiting=pending,
        uncovered=request_coverage.uncovered(pending, _last_covered_day(rows, zone)),
        ask=_ask_reason(contact, rows, zone, today),
        offer=cadence_offer(client, contact, rows, zone, today),
        intensification=ending(client, contact, zone, today),
        needs=[
            brief.Need(need.id, need.contact_id, need.kind, need.words, need.said_on)
            for need in rows.needs
        ],
        talks=[_conversation(row, zone) for row in reversed(rows.conversations) if row.reached],
        heard=_recency(rows, zone, today),
        predecessor=_predecessor(rows, zone),
    )


def _conversation(row: ConversationRow, zone: ZoneInfo) -> brief.PastConversation:
    return brief.PastConversation(
        row.at,
        local_day(row.at, zone),
        row.contact_id,
        row.user_id,
        row.note or None,
        row.minutes,
        row.mood,
    )


def _last_covered_day(rows: BriefRows, zone: ZoneInfo) -> request_coverage.CoveredDay | None:
    """The last day of a conversation, or of a message that covered a request (R11)."""
    covered = covered_requests(rows)
    talks = [row for row in rows.conversations if _is_live(row) or covered[row.id]]
    if not talks:
        return None
    day = local_day(talks[-1].at, zone)
    same_day = (covered[row.id] for row in talks if local_day(row.at, zone) == day)
    return request_coverage.CoveredDay(day, frozenset[int]().union(*same_day))


def _is_live(row: ConversationRow) -> bool:
    return row.reached and row.kind.is_live


def _pending(row: RequestRow) -> brief.PendingRequest:
    return brief.PendingRequest(
        row.id, row.ref, row.title, row.kind, row.priority, row.opened, row.due, row.contact_id
    )


def _open_recovery(row: RecoveryRow, recoveries: Sequence[RecoveryRow]) -> brief.OpenRecovery:
    earlier = [
        before.cause for before in recoveries if before.id != row.id and before.opened <= row.opened
    ]
    again = row.again_of_id is not None or is_second_time(row.cause, earlier)
    return brief.OpenRecovery(
        row.cause,
        row.contact_id,
        row.opened,
        row.live is not None,
        row.make_good,
        row.know_by,
        again,
        row.id,
    )


def _promise_terms(rows: BriefRows) -> list[tuple[PromiseRow, promises.PromiseTerms]]:
    moves: dict[int, list[promises.Move]] = defaultdict(list)
    for move in rows.moves:
        moves[move.promise_id].append(promises.Move(move.to, move.told, move.moved_on))
    return [(row, promises.PromiseTerms(row.due, row.kept, moves[row.id])) for row in rows.promises]


def _open(row: PromiseRow, terms: promises.PromiseTerms, today: date) -> brief.OpenPromise:
    due = promises.expected_date(terms.due, terms.moves, today)
    late = promises.days_late(terms.due, terms.moves, None, today)
    return brief.OpenPromise(row.ref, row.words, due, late, row.contact_id)


def _kept_late(
    row: PromiseRow, terms: promises.PromiseTerms, today: date
) -> brief.LateKeptPromise | None:
    if terms.kept is None:
        return None
    late = promises.days_late(terms.due, terms.moves, terms.kept, today)
    return brief.LateKeptPromise(row.words, late, terms.kept) if late else None


def _ask_reason(
    contact: client_state.ContactState | None, rows: BriefRows, zone: ZoneInfo, today: date
) -> AskReason | None:
    """The reason to ask for the preference (R4), None without one or without a contact."""
    if contact is None:
        return None
    recent = [
        ComplianceEntry(local_day(row.at, zone), row.kind, row.direction, row.compliance)
        for row in rows.conversations
        if row.contact_id == contact.id and row.compliance
    ]
    return ask_again(Answer(contact.preference), recent, today, settings_of(rows))


def _recency(rows: BriefRows, zone: ZoneInfo, today: date) -> list[brief.ContactRecency]:
    """Each contact of the client with the day of the last contact (R7)."""
    heard = sorted((*rows.heard, *rows.also_heard), key=attrgetter("at"))
    last_days = {row.contact_id: local_day(row.at, zone) for row in heard}
    return [
        brief.ContactRecency(
            contact.id, contact.name, contact.ref, day, (today - day).days if day else None
        )
        for contact in rows.contacts
        for day in (last_days.get(contact.id),)
    ]


def _predecessor(rows: BriefRows, zone: ZoneInfo) -> brief.Predecessor | None:
    """The owner before, until the present one has had a conversation there (R25)."""
    if not rows.handovers:
        return None
    handover = rows.handovers[-1]
    reached = [row for row in rows.conversations if row.reached]
    if any(row.at > handover.at and row.user_id == handover.to_id for row in reached):
        return None
    notes = [row.note for row in reached if row.note and row.at <= handover.at]
    last_words = notes[-1] if notes else None
    return brief.Predecessor(handover.from_name, local_day(handover.at, zone), last_words)
