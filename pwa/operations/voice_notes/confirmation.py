"""Accepts and declines suggestions: only an accepted one is stored as a fact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from pwa.db import session
from pwa.models import Contact, Interaction, ServiceRequest, Suggestion, User
from pwa.models.cadence import Answer
from pwa.operations.cadences import cadences
from pwa.operations.calls import bookings
from pwa.operations.clients import needs, service_requests
from pwa.operations.clients.needs import StatedNeed
from pwa.operations.clients.service_requests import RequestFacts
from pwa.operations.preferences import preferences
from pwa.operations.preferences.preferences import StatedPreference
from pwa.operations.promises import promises
from pwa.operations.recoveries import recoveries
from pwa.operations.recoveries.recoveries import RecoveryReport
from pwa.operations.voice_notes import duplicates
from pwa.rules.vocabulary.enums import (
    Channel,
    Kind,
    Mood,
    NeedKind,
    Priority,
    RequestKind,
    RequestStatus,
    Stage,
    SuggestionKind,
)
from pwa.rules.vocabulary.timezones import local_day

W = TypeVar("W", bound=StrEnum)

DEFAULT_TIME = time(9)
MAX_CAUSE = 200
SATURDAY = 5


@dataclass(frozen=True)
class AcceptedTerms:
    """The day and time confirmed with a suggestion, in the user's zone; None if not asked for."""

    day: date | None = None
    at_time: time | None = None


NO_TERMS = AcceptedTerms()


def proposed_day(suggestion: Suggestion) -> date:
    """The day to propose: the one mentioned, else the next working day after the talk."""
    if suggestion.day:
        return suggestion.day
    day = local_day(suggestion.interaction.at, suggestion.interaction.user.zone) + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def proposed_time(suggestion: Suggestion) -> time:
    """The time to propose, in the user's zone: as mentioned, else the contact's first hour."""
    contact = suggestion.interaction.contact
    wish = contact.preference if contact else None
    if suggestion.at_time:
        return suggestion.at_time
    if contact is None or wish is None or wish.opens is None:
        return DEFAULT_TIME
    opens = datetime.combine(proposed_day(suggestion), wish.opens, contact.zone)
    own = opens.astimezone(suggestion.interaction.user.zone)
    return own.time() if own.date() == proposed_day(suggestion) else DEFAULT_TIME


def booking_kind(suggestion: Suggestion) -> Kind:
    """The kind of the booked conversation; a call by default."""
    return Kind(suggestion.text) if suggestion.text in set(Kind) else Kind.CALL


def enum_value(enum: type[W], suggestion: Suggestion) -> W:
    """The suggestion's value as a member of `enum`."""
    return next(member for member in enum if member.value == suggestion.value)


def booking_time(suggestion: Suggestion, terms: AcceptedTerms) -> datetime:
    """The time of the booking."""
    day, at_time = terms.day or proposed_day(suggestion), terms.at_time or proposed_time(suggestion)
    return datetime.combine(day, at_time, suggestion.interaction.user.zone)


def accept(suggestion: Suggestion, terms: AcceptedTerms, by: User, now: datetime) -> None:
    """Stores the suggested fact, dated as the conversation (idempotent). Lock the client first.

    A declined suggestion can still be accepted. An outdated one is accepted but changes nothing.
    """
    if suggestion.accepted:
        return
    suggestion.accepted, suggestion.answered_at = True, now
    if not duplicates.is_outdated(suggestion):
        _STORE[suggestion.kind](suggestion, terms, by, now)
    session.flush()


def decline(suggestion: Suggestion, now: datetime) -> bool:
    """Declines a suggestion; returns False, unchanged, if it was answered before."""
    if suggestion.answered_at:
        return False
    suggestion.accepted, suggestion.answered_at = False, now
    session.flush()
    return True


def reopen(suggestion: Suggestion) -> bool:
    """Takes a "No" back; returns False, unchanged, unless it was declined."""
    if suggestion.accepted is not False:
        return False
    suggestion.accepted = suggestion.answered_at = None
    session.flush()
    return True


def _promise(suggestion: Suggestion, terms: AcceptedTerms, by: User, now: datetime) -> None:
    talk, day = suggestion.interaction, terms.day or proposed_day(suggestion)
    promises.give(talk.client, talk.contact, suggestion.text, day, by, now, given_at=talk.at)


def _booking(suggestion: Suggestion, terms: AcceptedTerms, by: User, now: datetime) -> None:
    talk = suggestion.interaction
    bookings.book(
        talk.client, talk.contact, booking_kind(suggestion), booking_time(suggestion, terms), now
    )


def _cadence(suggestion: Suggestion, terms: AcceptedTerms, by: User, now: datetime) -> None:
    talk, stage = suggestion.interaction, enum_value(Stage, suggestion)
    on = local_day(talk.at, talk.client.owner.zone)
    answer = (talk.client, talk.contact, stage, Answer.ASKED, on, by, now)
    cadences.answer(*answer, words=suggestion.words)


def _preference(suggestion: Suggestion, terms: AcceptedTerms, by: User, now: datetime) -> None:
    contact = _contact(suggestion.interaction)
    preferences.record(contact, _changed_preference(contact, suggestion), contact.timezone, by, now)


def _changed_preference(contact: Contact, suggestion: Suggestion) -> StatedPreference:
    """The current preference with another channel; days and hours stay, a compromise ends."""
    current = contact.preference
    unchanged: dict[str, Any] = {}
    if current:
        unchanged = {
            name: getattr(current, name) for name in ("opens", "closes", "how_often", "about")
        }
        unchanged["days"] = tuple(current.days.split(",")) if current.days else ()
    asked_on = local_day(suggestion.interaction.at, contact.zone)
    return StatedPreference(enum_value(Channel, suggestion), asked_on=asked_on, **unchanged)


def _recovery(suggestion: Suggestion, terms: AcceptedTerms, by: User, now: datetime) -> None:
    talk = suggestion.interaction
    report = RecoveryReport(talk.contact, suggestion.text[:MAX_CAUSE], None, talk.at)
    recoveries.open_recovery(talk.client, report, by, now)


def _request(suggestion: Suggestion, terms: AcceptedTerms, by: User, now: datetime) -> None:
    talk = suggestion.interaction
    day = local_day(talk.at, by.zone)
    if suggestion.done:
        request = session.get(ServiceRequest, suggestion.request_id)
        if request:
            service_requests.close(request, day, now)
        return
    facts = RequestFacts(
        title=suggestion.text,
        kind=_request_kind(suggestion.text),
        priority=Priority.MEDIUM,
        status=RequestStatus.OPEN,
        due=suggestion.day,
        contact_id=talk.contact_id,
    )
    service_requests.add(talk.client, facts, day, now)


def _request_kind(words: str) -> RequestKind:
    text = words.casefold()
    mentioned = (kind for kind in (RequestKind.QUOTE, RequestKind.ROADMAP) if kind.value in text)
    return next(mentioned, RequestKind.REQUEST)


def _need(suggestion: Suggestion, terms: AcceptedTerms, by: User, now: datetime) -> None:
    contact = _contact(suggestion.interaction)
    day = local_day(suggestion.interaction.at, contact.zone)
    needs.add(contact, StatedNeed(NeedKind.NEED, suggestion.text), day)


def _mood(suggestion: Suggestion, terms: AcceptedTerms, by: User, now: datetime) -> None:
    suggestion.interaction.mood = enum_value(Mood, suggestion)


def _contact(talk: Interaction) -> Contact:
    """The contact; preferences and needs are suggested only for a known one."""
    assert talk.contact is not None
    return talk.contact


_STORE: dict[SuggestionKind, Callable[[Suggestion, AcceptedTerms, User, datetime], None]] = {
    SuggestionKind.PROMISE: _promise,
    SuggestionKind.BOOKING: _booking,
    SuggestionKind.CADENCE: _cadence,
    SuggestionKind.PREFERENCE: _preference,
    SuggestionKind.RECOVERY: _recovery,
    SuggestionKind.REQUEST: _request,
    SuggestionKind.NEED: _need,
    SuggestionKind.MOOD: _mood,
}
