"""What is known at a client already: nothing is asked twice, nor against newer words."""

from datetime import date, datetime
from functools import cached_property

import sqlalchemy as sa

from pwa.db import session
from pwa.models import (
    Booking,
    Cadence,
    Interaction,
    Preference,
    Promise,
    Recovery,
    ServiceRequest,
    Suggestion,
)
from pwa.note_parser import Suggestion as Read
from pwa.note_parser import alike
from pwa.operations.cadences import cadences
from pwa.operations.calls import calls
from pwa.operations.recoveries import recoveries
from pwa.rules.text.match_title import match_title
from pwa.rules.vocabulary.enums import SuggestionKind
from pwa.rules.vocabulary.timezones import local_day


class DuplicateCheck:
    """What is known beside one conversation. Each kind is looked up once, however much was said."""

    def __init__(self, row: Interaction) -> None:
        self.row = row
        self.day = local_day(row.at, row.user.zone)

    def request(self, one: Read) -> int | None:
        """The open request that it is about."""
        place = match_title(f"{one.text} {one.words}", [asked.title for asked in self._requests])
        return None if place is None else self._requests[place].id

    def has(self, kind: SuggestionKind, one: Read, about: int | None) -> bool:
        """Whether there is nothing to confirm in it."""
        row = self.row
        if row.contact is None and kind in (SuggestionKind.PREFERENCE, SuggestionKind.NEED):
            return True  # nobody by name to keep it with
        if kind is SuggestionKind.REQUEST:
            return (about is None) if one.done else (about is not None)
        if kind is SuggestionKind.RECOVERY:
            return any(other.contact_id == row.contact_id for other in self._recoveries)
        if kind is SuggestionKind.PROMISE:
            return self._is_promised(one)
        if kind is SuggestionKind.BOOKING:
            return self._is_booked(one)
        if kind is SuggestionKind.CADENCE:
            return _stands(self._cadence, one.value, row)
        if kind is SuggestionKind.PREFERENCE:
            return _stands(row.contact.preference if row.contact else None, one.value, row)
        return one.value is not None and one.value == row.mood

    def _is_promised(self, one: Read) -> bool:
        return any(
            one.date in (None, due) and alike(words, f"{one.text} {one.words}")
            for words, due in self._promises
        )

    def _is_booked(self, one: Read) -> bool:
        return any(
            at.date() == one.date
            and (who is None or who == self.row.contact_id)
            and (one.time is None or one.time == at.time())
            for at, who in self._bookings
        )

    @cached_property
    def _requests(self) -> list[ServiceRequest]:
        return list(calls.open_requests(self.row.client_id))

    @cached_property
    def _recoveries(self) -> list[Recovery]:
        return list(recoveries.open_at(self.row.client_id))

    @cached_property
    def _cadence(self) -> Cadence | None:
        return cadences.current(self.row.client)

    @cached_property
    def _promises(self) -> list[tuple[str, date | None]]:
        """Words and day of what was promised that day, and of what this talk is asked about."""
        mine = sa.select(Promise.words, Promise.due).where(Promise.client_id == self.row.client_id)
        asked = sa.select(Suggestion.text, Suggestion.day).where(
            Suggestion.interaction_id == self.row.id, Suggestion.kind == SuggestionKind.PROMISE
        )
        found = [*session.execute(mine.where(Promise.made == self.day)), *session.execute(asked)]
        return [(words, due) for words, due in found]

    @cached_property
    def _bookings(self) -> list[tuple[datetime, int | None]]:
        """When and with whom they are booked, on the clock of whoever had the talk."""
        query = sa.select(Booking.at, Booking.contact_id)
        query = query.where(Booking.client_id == self.row.client_id)
        query = query.where(Booking.cancelled_at.is_(None), Booking.settled_at.is_(None))
        return [(at.astimezone(self.row.user.zone), who) for at, who in session.execute(query)]


def is_outdated(one: Suggestion) -> bool:
    """Whether something else was said since, which an answer must not put back."""
    talk = one.interaction
    if one.kind is SuggestionKind.CADENCE:
        stands = cadences.current(talk.client)
        return stands is not None and stands.stage != one.value and _is_newer(stands, talk)
    if one.kind is SuggestionKind.PREFERENCE and talk.contact and talk.contact.preference:
        wish = talk.contact.preference
        return wish.channel != one.value and _is_newer(wish, talk)
    return False


def _stands(known: Cadence | Preference | None, value: str | None, talk: Interaction) -> bool:
    """Whether it is written down so, or otherwise by newer words."""
    if known is None:
        return False
    said = known.stage if isinstance(known, Cadence) else known.channel
    return said == value or _is_newer(known, talk)


def _is_newer(known: Cadence | Preference, talk: Interaction) -> bool:
    day = local_day(talk.at, talk.user.zone)
    if isinstance(known, Cadence):
        return known.since > day or known.created_at > talk.at
    if known.asked_on and known.asked_on != day:
        return known.asked_on > day
    return known.recorded_at > talk.at
