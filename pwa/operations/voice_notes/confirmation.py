"""What somebody said to a suggestion: only a "Yes" makes it a fact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from pwa.db import session
from pwa.models import Contact, Interaction, ServiceRequest, Suggestion, User
from pwa.models.cadence import Answer
from pwa.operations.cadences import cadences
from pwa.operations.clients import bookings, needs, service_requests
from pwa.operations.clients.needs import StatedNeed
from pwa.operations.clients.service_requests import RequestFacts
from pwa.operations.preferences import preferences
from pwa.operations.preferences.preferences import StatedPreference
from pwa.operations.promises import promises
from pwa.operations.recoveries import recoveries
from pwa.operations.recoveries.recoveries import Opened
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

FIRST_THING = time(9)
LONGEST_CAUSE = 200
WEEKEND = 5


@dataclass(frozen=True)
class AcceptedTerms:
    """A "Yes", with the day and the time where they were asked for, in the person's own zone."""

    day: date | None
    at_time: time | None


def day_of(one: Suggestion) -> date:
    """The day to propose: the one that was said, else the next working day after the talk."""
    if one.day:
        return one.day
    day = local_day(one.interaction.at, one.interaction.user.zone) + timedelta(days=1)
    while day.weekday() >= WEEKEND:
        day += timedelta(days=1)
    return day


def time_of(one: Suggestion) -> time:
    """The time to propose, on the clock of who is asked: as said, else when their hours begin."""
    contact = one.interaction.contact
    wish = contact.preference if contact else None
    if one.at_time:
        return one.at_time
    if contact is None or wish is None or wish.opens is None:
        return FIRST_THING
    opens = datetime.combine(day_of(one), wish.opens, contact.zone)
    mine = opens.astimezone(one.interaction.user.zone)
    return mine.time() if mine.date() == day_of(one) else FIRST_THING


def asks_day(one: Suggestion) -> bool:
    """Whether a day belongs to it."""
    return one.kind in (SuggestionKind.PROMISE, SuggestionKind.BOOKING)


def kind_of(one: Suggestion) -> Kind:
    """How the next talk is to be; a call where nothing else was said."""
    return Kind(one.text) if one.text in set(Kind) else Kind.CALL


def named(words: type[W], one: Suggestion) -> W:
    """Its value as a word of a closed list."""
    return next(word for word in words if word.value == one.value)


def moment_of(one: Suggestion, said: AcceptedTerms) -> datetime:
    """When it is booked for."""
    day, at_time = said.day or day_of(one), said.at_time or time_of(one)
    return datetime.combine(day, at_time, one.interaction.user.zone)


def accept(one: Suggestion, said: AcceptedTerms, by: User, now: datetime) -> None:
    """Store what it says, with the moment of the conversation. Lock the client first.

    Said twice it is stored once; after a "No" it is stored all the same. What they said since
    stays as it is.
    """
    if one.accepted:
        return
    one.accepted, one.answered_at = True, now
    if not duplicates.is_outdated(one):
        _STORE[one.kind](one, said, by, now)
    session.flush()


def decline(one: Suggestion, now: datetime) -> bool:
    """It is not so. Returns whether that is news: what was accepted stays, and is changed there."""
    if one.answered_at:
        return False
    one.accepted, one.answered_at = False, now
    session.flush()
    return True


def _promise(one: Suggestion, said: AcceptedTerms, by: User, now: datetime) -> None:
    talk, day = one.interaction, said.day or day_of(one)
    promises.give(talk.client, talk.contact, one.text, day, by, now, given_at=talk.at)


def _booking(one: Suggestion, said: AcceptedTerms, by: User, now: datetime) -> None:
    talk = one.interaction
    bookings.book(talk.client, talk.contact, kind_of(one), moment_of(one, said), now)


def _cadence(one: Suggestion, said: AcceptedTerms, by: User, now: datetime) -> None:
    talk, stage = one.interaction, named(Stage, one)
    on = local_day(talk.at, talk.client.owner.zone)
    asked = (talk.client, talk.contact, stage, Answer.ASKED, on, by, now)
    cadences.answer(*asked, words=one.words)


def _preference(one: Suggestion, said: AcceptedTerms, by: User, now: datetime) -> None:
    contact = _contact(one.interaction)
    preferences.record(contact, _wish(contact, one), contact.timezone, by, now)


def _wish(contact: Contact, one: Suggestion) -> StatedPreference:
    """Another channel; days and hours stay as they said them before. A compromise is over."""
    before = contact.preference
    kept: dict[str, Any] = {}
    if before:
        kept = {name: getattr(before, name) for name in ("opens", "closes", "how_often", "about")}
        kept["days"] = tuple(before.days.split(",")) if before.days else ()
    asked_on = local_day(one.interaction.at, contact.zone)
    return StatedPreference(named(Channel, one), asked_on=asked_on, **kept)


def _recovery(one: Suggestion, said: AcceptedTerms, by: User, now: datetime) -> None:
    talk = one.interaction
    opened = Opened(talk.contact, one.text[:LONGEST_CAUSE], None, talk.at)
    recoveries.begin(talk.client, opened, by, now)


def _request(one: Suggestion, said: AcceptedTerms, by: User, now: datetime) -> None:
    talk = one.interaction
    day = local_day(talk.at, by.zone)
    if one.done:
        asked = session.get(ServiceRequest, one.request_id)
        if asked:
            service_requests.close(asked, day, now)
        return
    facts = RequestFacts(
        title=one.text,
        kind=_kind_of_request(one.text),
        priority=Priority.MEDIUM,
        status=RequestStatus.OPEN,
        due=one.day,
        contact_id=talk.contact_id,
    )
    service_requests.add(talk.client, facts, day, now)


def _kind_of_request(words: str) -> RequestKind:
    said = words.casefold()
    named = (kind for kind in (RequestKind.QUOTE, RequestKind.ROADMAP) if kind.value in said)
    return next(named, RequestKind.REQUEST)


def _need(one: Suggestion, said: AcceptedTerms, by: User, now: datetime) -> None:
    contact = _contact(one.interaction)
    day = local_day(one.interaction.at, contact.zone)
    needs.keep(contact, StatedNeed(NeedKind.NEED, one.text), day)


def _mood(one: Suggestion, said: AcceptedTerms, by: User, now: datetime) -> None:
    one.interaction.mood = named(Mood, one)


def _contact(talk: Interaction) -> Contact:
    """Only what somebody by name said is read as a wish or a need."""
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
