"""All reasons to contact one client today (R6, R8, R13, R17, R19, R25)."""

from collections.abc import Iterator
from datetime import date, datetime

from pwa.rules.commitments.bookings import BookingState, booking_state
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

_REQUEST_REASONS = {RequestKind.QUOTE: ReasonCode.QUOTE, RequestKind.ROADMAP: ReasonCode.ROADMAP}


def reasons_today(client: ClientState, manager: ManagerContext, now: datetime) -> list[Reason]:
    """The reasons due today for an active client, most urgent first (R19); empty for others.

    A missing preference (R4) is a reason only without any other. On a day within an away block
    only obligations are due: recoveries, bookings, promises and recaps.
    """
    if client.status is not ClientStatus.ACTIVE:
        return []
    today = local_day(now, manager.zone)
    reasons = _obligations(client, manager, today, now)
    if not client.away or away_until(today, client.away) is None:
        cadence_due = cadence_reason(client, manager, today)
        if is_on_list(cadence_due, today):
            reasons.append(cadence_due)
        if client.heard is not None:
            reasons += (
                reason
                for reason in off_cadence_reasons(client, manager, today)
                if is_on_list(reason, today)
            )
        if client.requests:
            reasons += _requests(client, today)
        if not reasons and _preference_is_missing(client, manager, today, cadence_due.contact):
            reasons.append(_missing_preference(cadence_due))
    if len(reasons) > 1:
        reasons.sort(key=urgency_key)
    return reasons


def _obligations(
    client: ClientState, manager: ManagerContext, today: date, now: datetime
) -> list[Reason]:
    reasons: list[Reason] = []
    if client.recoveries:
        reasons += _recoveries(client, manager, today)
    if client.bookings:
        reasons += _bookings(client, manager, now)
    if client.promises:
        reasons += _promises(client, today)
    if client.lately:
        reasons += _recaps(client, manager, today)
    return reasons


def _recoveries(client: ClientState, manager: ManagerContext, today: date) -> Iterator[Reason]:
    for recovery in client.recoveries:
        if recovery.live is not None:
            continue
        contact = contact_to_reach(client, recovery.contact)
        deadline = recovery_deadline(
            recovery.opened,
            recovery.severity,
            manager.zone,
            manager.calendar,
            reach_of(client, contact),
            recovery.call_anyway,
        )
        day = local_day(deadline, manager.zone)
        late = cadence.days_late(day, today)
        yield Reason(
            RowTier.RECOVERY,
            ReasonCode.RECOVERY,
            contact,
            day,
            deadline,
            late,
            float(late),
            words=recovery.cause,
            severity=recovery.severity,
            call_anyway=recovery.call_anyway,
            recovery=recovery.id,
            opened=recovery.opened,
            prepared=recovery.prepared,
            again=recovery.again,
        )


def _bookings(client: ClientState, manager: ManagerContext, now: datetime) -> Iterator[Reason]:
    """Unsettled bookings on their day; once their time has passed, whether it happened (R19).

    From the next day on they stand as missed, and lead no list.
    """
    today = local_day(now, manager.zone)
    for booking in client.bookings:
        day = local_day(booking.at, manager.zone)
        if day == today:
            asked = booking_state(booking.at, now, manager.zone) is BookingState.ASKED
            yield Reason(
                RowTier.BOOKED,
                ReasonCode.CONFIRM_BOOKING if asked else ReasonCode.BOOKED,
                contact_to_reach(client, booking.contact),
                day,
                booking.at,
                booked=booking.kind,
                booking=booking.id,
            )


def _promises(client: ClientState, today: date) -> Iterator[Reason]:
    for promise in client.promises:
        if promise.due <= today:
            late = cadence.days_late(promise.due, today)
            reason = ReasonCode.PROMISE_LATE if late else ReasonCode.PROMISE_DUE
            yield Reason(
                RowTier.PROMISE,
                reason,
                contact_to_reach(client, promise.contact),
                promise.due,
                days_late=late,
                lateness=float(late),
                words=promise.words,
            )


def _recaps(client: ClientState, manager: ManagerContext, today: date) -> Iterator[Reason]:
    for recap in owed_recaps(client.lately, today, manager.zone):
        late = cadence.days_late(recap.due, today)
        contact = contact_to_reach(client, recap.contact)
        yield Reason(
            RowTier.PROMISE, ReasonCode.RECAP_DUE, contact, recap.due, None, late, float(late)
        )


def cadence_reason(client: ClientState, manager: ManagerContext, today: date) -> Reason:
    """The client's next call by cadence or first call (R8, R10, R25), due or not yet."""
    contact = contact_to_reach(client)
    days = contact.preference.days if contact else None
    last = local_day(client.last, manager.zone) if client.last else None
    due = cadence.effective_due(client.cadence, last, today, client.calendar, client.away, days)
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


def _requests(client: ClientState, today: date) -> Iterator[Reason]:
    for request in client.requests:
        reason = _REQUEST_REASONS.get(request.kind)
        if reason is None or (request.due is not None and request.due > today):
            continue
        late = cadence.days_late(request.due, today) if request.due else 0
        yield Reason(
            RowTier.LATER,
            reason,
            contact_to_reach(client, request.contact),
            request.due,
            days_late=late,
            lateness=late / client.cadence.stage.days,
            words=request.title,
        )


def _missing_preference(cadence_due: Reason) -> Reason:
    return Reason(
        RowTier.PREFERENCE,
        ReasonCode.PREFERENCE_UNKNOWN,
        cadence_due.contact,
        cadence_due.due,
        stage=cadence_due.stage,
    )


def _preference_is_missing(
    client: ClientState, manager: ManagerContext, today: date, contact: ContactState | None
) -> bool:
    """Whether the contact has no known preference and today is a day to ask for it (R4)."""
    if contact is None or contact.preference.channel is not None:
        return False
    talked = client.last is not None and local_day(client.last, manager.zone) == today
    return not talked and reach_of(client, contact).wants(today)
