"""What brings a client onto the list beside the rhythm: R1, R7, R16, R25."""

from collections.abc import Iterator, Sequence
from datetime import date

from pwa.rules.commitments.recovery_checks import next_check
from pwa.rules.contact.neglected_contacts import LastContact, NeglectedContact, neglected_contacts
from pwa.rules.contact.written_threads import written_threads
from pwa.rules.day_list.client_state import ClientState, ContactState, ManagerContext
from pwa.rules.day_list.reason import OtherContact, Reason
from pwa.rules.day_list.who_to_reach import contact_to_reach, first_call_by
from pwa.rules.scheduling import cadence
from pwa.rules.vocabulary.enums import ReasonCode, RowTier
from pwa.rules.vocabulary.timezones import local_day


def off_cadence_reasons(client: ClientState, desk: ManagerContext, today: date) -> Iterator[Reason]:
    """Open checks (R16), a contact who hears nothing (R7), matters written about twice (R1), and
    who is new there and was never talked to (R25).

    Those to come too, with the day on which they will be due, so that it can be stored ahead.
    """
    heard = client.heard or ()
    if client.recoveries:
        yield from _checks(client, heard, desk, today)
    found = neglected_contacts(heard, cadence.effective_stage(client.rhythm, today))
    if found is not None:
        yield _unheard(found, heard, client, today)
    if client.lately:
        for one in written_threads(client.lately, desk.zone):
            contact = contact_to_reach(client, one.contact)
            words = next((r.title for r in client.requests if r.id == one.request), "")
            yield _step(ReasonCode.THREAD, contact, one.day, client, today, words)
    yield from _newcomers(client, heard, today)


def is_on_list(step: Reason, today: date) -> bool:
    """Whether it stands on the list `today`: a first call at once, else from its day on."""
    return step.reason is ReasonCode.FIRST or (step.due is not None and step.due <= today)


def listed_from(step: Reason) -> date | None:
    """The first day on which it stands on the list."""
    if step.reason is ReasonCode.FIRST and step.contact is not None:
        return step.contact.new_since
    return step.due


def _newcomers(client: ClientState, heard: Sequence[LastContact], today: date) -> Iterator[Reason]:
    """New people at a client that we know already; at a new client its own first call does."""
    met = {one.contact for one in heard if one.last}
    for contact in client.contacts if client.last else ():
        new = contact.new_since
        if new is not None and new <= today and contact.id not in met:
            day = first_call_by(client, new, contact.preference.days)
            yield _step(ReasonCode.FIRST, contact, day, client, today)


def _checks(
    client: ClientState, heard: Sequence[LastContact], desk: ManagerContext, today: date
) -> Iterator[Reason]:
    talked = {one.contact: one.talked for one in heard}
    for one in client.recoveries:
        if one.live is None:
            continue
        anybody = max(filter(None, talked.values()), default=None)
        last = anybody if one.contact is None else talked.get(one.contact, anybody)
        day = next_check(local_day(one.live, desk.zone), one.severity, last, one.checks)
        if day is not None:
            contact = contact_to_reach(client, one.contact)
            yield _step(ReasonCode.CHECK, contact, day, client, today, one.cause)


def _unheard(
    found: NeglectedContact, heard: Sequence[LastContact], client: ClientState, today: date
) -> Reason:
    other = next(one for one in heard if one.contact == found.other)
    names = {one.id: one.name for one in client.contacts}
    beside = OtherContact(
        other.by,
        names.get(found.other, ""),
        other.last or found.base,
        (today - found.base).days,
    )
    contact = contact_to_reach(client, found.contact)
    return _step(ReasonCode.UNHEARD, contact, found.day, client, today, beside=beside)


def _step(
    reason: ReasonCode,
    contact: ContactState | None,
    day: date,
    client: ClientState,
    today: date,
    words: str = "",
    beside: OtherContact | None = None,
) -> Reason:
    late = cadence.days_late(day, today)
    stage = cadence.effective_stage(client.rhythm, today)
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
