"""The reasons to turn to one client today (R6, R8, R13, R17, R19, R25)."""

from collections.abc import Iterator
from datetime import date, datetime

from pwa.rules.contact.recaps import owed_recaps
from pwa.rules.day_list.client_state import ClientState, ContactState, ManagerContext
from pwa.rules.day_list.off_cadence_reasons import is_on_list, off_cadence_reasons
from pwa.rules.day_list.reason import Reason, urgency_key
from pwa.rules.day_list.who_to_reach import contact_to_reach, first_call_by, reach_of
from pwa.rules.scheduling import cadence
from pwa.rules.scheduling.working_time import recovery_deadline
from pwa.rules.vocabulary.calendar import away_until
from pwa.rules.vocabulary.enums import ClientStatus, ReasonCode, RequestKind, RowTier
from pwa.rules.vocabulary.timezones import local_day

_LATER = {RequestKind.QUOTE: ReasonCode.QUOTE, RequestKind.ROADMAP: ReasonCode.ROADMAP}


def reasons_today(client: ClientState, desk: ManagerContext, now: datetime) -> list[Reason]:
    """Everything due at an active client, the most urgent first; empty when nothing is.

    A debt of preference (R4) is only one when nothing else is. While the client is away today
    only what we owe is due: recoveries, bookings and promises.
    """
    if client.status is not ClientStatus.ACTIVE:
        return []
    today = local_day(now, desk.zone)
    found = _owed(client, desk, today)
    if not client.away or away_until(today, client.away) is None:
        turn = cadence_reason(client, desk, today)
        if turn.due is not None and (turn.due <= today or turn.reason is ReasonCode.FIRST):
            found.append(turn)
        if client.heard is not None:
            found += (
                one for one in off_cadence_reasons(client, desk, today) if is_on_list(one, today)
            )
        if client.requests:
            found += _later(client, today)
        if not found and _is_debt(client, desk, today, turn.contact):
            found.append(_debt(turn))
    if len(found) > 1:
        found.sort(key=urgency_key)
    return found


def _owed(client: ClientState, desk: ManagerContext, today: date) -> list[Reason]:
    found: list[Reason] = []
    if client.recoveries:
        found += _recoveries(client, desk, today)
    if client.bookings:
        found += _bookings(client, desk, today)
    if client.promises:
        found += _promises(client, today)
    if client.lately:
        found += _recaps(client, desk, today)
    return found


def _recoveries(client: ClientState, desk: ManagerContext, today: date) -> Iterator[Reason]:
    for one in client.recoveries:
        if one.live is not None:
            continue
        contact = contact_to_reach(client, one.contact)
        deadline = recovery_deadline(
            one.opened,
            one.severity,
            desk.zone,
            desk.calendar,
            reach_of(client, contact),
            one.call_anyway,
        )
        day = local_day(deadline, desk.zone)
        late = cadence.days_late(day, today)
        yield Reason(
            RowTier.RECOVERY,
            ReasonCode.RECOVERY,
            contact,
            day,
            deadline,
            late,
            float(late),
            words=one.cause,
            severity=one.severity,
            call_anyway=one.call_anyway,
            recovery=one.id,
            prepared=one.prepared,
            again=one.again,
        )


def _bookings(client: ClientState, desk: ManagerContext, today: date) -> Iterator[Reason]:
    """Booked times from the morning of their day until they are settled."""
    for one in client.bookings:
        day = local_day(one.at, desk.zone)
        if day <= today:
            late = cadence.days_late(day, today)
            yield Reason(
                RowTier.BOOKED,
                ReasonCode.BOOKED,
                contact_to_reach(client, one.contact),
                day,
                one.at,
                late,
                float(late),
                booked=one.kind,
            )


def _promises(client: ClientState, today: date) -> Iterator[Reason]:
    for one in client.promises:
        if one.due <= today:
            late = cadence.days_late(one.due, today)
            reason = ReasonCode.PROMISE_LATE if late else ReasonCode.PROMISE_DUE
            yield Reason(
                RowTier.PROMISE,
                reason,
                contact_to_reach(client, one.contact),
                one.due,
                days_late=late,
                lateness=float(late),
                words=one.words,
            )


def _recaps(client: ClientState, desk: ManagerContext, today: date) -> Iterator[Reason]:
    for one in owed_recaps(client.lately, today, desk.zone):
        late = cadence.days_late(one.due, today)
        contact = contact_to_reach(client, one.contact)
        yield Reason(
            RowTier.PROMISE, ReasonCode.RECAP_DUE, contact, one.due, None, late, float(late)
        )


def cadence_reason(client: ClientState, desk: ManagerContext, today: date) -> Reason:
    """The client's turn by its rhythm (R8, R10, R25), due or not yet."""
    contact = contact_to_reach(client)
    days = contact.preference.days if contact else None
    last = local_day(client.last, desk.zone) if client.last else None
    due = cadence.effective_due(client.rhythm, last, today, client.calendar, client.away, days)
    day, reason = due.day, ReasonCode.INTENSIFIED if due.intensified else None
    new = client.new_since
    if new is not None and new <= today and (last is None or last < new):
        first = first_call_by(client, new, days)
        day, reason = first if last is None else min(first, day), ReasonCode.FIRST
    late = cadence.days_late(day, today)
    if reason is None:
        reason = ReasonCode.CADENCE_LATE if late else ReasonCode.CADENCE_DUE
    return Reason(
        RowTier.CADENCE,
        reason,
        contact,
        day,
        None,
        late,
        late / due.stage.days,
        due.intensified.reason if due.intensified else "",
        due.stage,
        due.intensified.until if due.intensified else None,
    )


def _later(client: ClientState, today: date) -> Iterator[Reason]:
    for one in client.requests:
        reason = _LATER.get(one.kind)
        if reason is None or (one.due is not None and one.due > today):
            continue
        late = cadence.days_late(one.due, today) if one.due else 0
        yield Reason(
            RowTier.LATER,
            reason,
            contact_to_reach(client, one.contact),
            one.due,
            days_late=late,
            lateness=late / client.rhythm.stage.days,
            words=one.title,
        )


def _debt(turn: Reason) -> Reason:
    reason = ReasonCode.PREFERENCE_UNKNOWN
    return Reason(RowTier.PREFERENCE, reason, turn.contact, turn.due, stage=turn.stage)


def _is_debt(
    client: ClientState, desk: ManagerContext, today: date, contact: ContactState | None
) -> bool:
    """Nobody asked them yet how they like to hear from us, and today is a day to ask (R4)."""
    if contact is None or contact.preference.channel is not None:
        return False
    talked = client.last is not None and local_day(client.last, desk.zone) == today
    return not talked and reach_of(client, contact).wants(today)
