"""Reasons other than cadence: checks, neglect, threads, newcomers, wrong numbers (R1, R7, R16)."""

from collections.abc import Iterator, Sequence
from datetime import date

from pwa.rules.commitments.recovery_checks import next_check
from pwa.rules.contact.neglected_contacts import LastContact, NeglectedContact, earliest_neglected
from pwa.rules.contact.written_threads import written_threads
from pwa.rules.day_list.client_state import ClientState, ContactState, ManagerContext
from pwa.rules.day_list.reason import OtherContact, Reason
from pwa.rules.day_list.who_to_reach import contact_to_reach, first_call_by
from pwa.rules.scheduling import cadence
from pwa.rules.vocabulary.enums import ReasonCode, RowTier
from pwa.rules.vocabulary.timezones import local_day


def off_cadence_reasons(
    client: ClientState, manager: ManagerContext, today: date
) -> Iterator[Reason]:
    """Checks (R16), neglect (R7), threads (R1), new contacts (R25), and wrong numbers (R21).

    Includes reasons that are not due yet, so that their due day can be stored ahead.
    """
    heard = client.heard or ()
    if client.recoveries:
        yield from _checks(client, heard, manager, today)
    neglected = earliest_neglected(heard, cadence.effective_stage(client.cadence, today))
    if neglected is not None:
        yield _neglected(neglected, heard, client, today)
    if client.lately:
        for thread in written_threads(client.lately, manager.zone):
            contact = contact_to_reach(client, thread.contact)
            words = next((r.title for r in client.requests if r.id == thread.request), "")
            yield _reason(ReasonCode.THREAD, contact, thread.day, client, today, words)
    yield from _newcomers(client, heard, today)
    for contact in client.contacts:
        if contact.needs_number and contact.number_wrong_since:
            day = local_day(contact.number_wrong_since, manager.zone)
            yield _reason(ReasonCode.FIND_NUMBER, contact, day, client, today)


def is_on_list(reason: Reason, today: date) -> bool:
    """Whether the reason is on the list of `today`: a first call at once, others once due."""
    return reason.reason is ReasonCode.FIRST or (reason.due is not None and reason.due <= today)


def listed_from(reason: Reason) -> date | None:
    """The first day on which the reason is on the list."""
    if reason.reason is ReasonCode.FIRST and reason.contact is not None:
        return reason.contact.new_since
    return reason.due


def _newcomers(client: ClientState, heard: Sequence[LastContact], today: date) -> Iterator[Reason]:
    """New contacts at a known client; a new client has its own first call (R25)."""
    met = {last.contact for last in heard if last.last}
    for contact in client.contacts if client.last else ():
        new = contact.new_since
        if new is not None and new <= today and contact.id not in met:
            day = first_call_by(client, new, contact.preference.days)
            yield _reason(ReasonCode.FIRST, contact, day, client, today)


def _checks(
    client: ClientState, heard: Sequence[LastContact], manager: ManagerContext, today: date
) -> Iterator[Reason]:
    last_live = {last.contact: last.talked for last in heard}
    for recovery in client.recoveries:
        if recovery.live is None:
            continue
        latest = max(filter(None, last_live.values()), default=None)
        talked = latest if recovery.contact is None else last_live.get(recovery.contact, latest)
        live = local_day(recovery.live, manager.zone)
        day = next_check(live, recovery.severity, talked, recovery.checks)
        if day is not None:
            contact = contact_to_reach(client, recovery.contact)
            yield _reason(ReasonCode.CHECK, contact, day, client, today, recovery.cause)


def _neglected(
    neglected: NeglectedContact, heard: Sequence[LastContact], client: ClientState, today: date
) -> Reason:
    colleague = next(last for last in heard if last.contact == neglected.colleague)
    names = {contact.id: contact.name for contact in client.contacts}
    beside = OtherContact(
        colleague.by,
        names.get(neglected.colleague, ""),
        colleague.last or neglected.base,
        (today - neglected.base).days,
    )
    contact = contact_to_reach(client, neglected.contact)
    return _reason(ReasonCode.UNHEARD, contact, neglected.day, client, today, beside=beside)


def _reason(
    reason: ReasonCode,
    contact: ContactState | None,
    day: date,
    client: ClientState,
    today: date,
    words: str = "",
    beside: OtherContact | None = None,
) -> Reason:
    late = cadence.days_late(day, today)
    stage = cadence.effective_stage(client.cadence, today)
    return Reason(
        RowTier.CADENCE,
        reason,
        contact,
        day,
        days_late=late,
        lateness=late / stage.days,
        words=words,
        stage=stage,
        beside=beside,
    )
