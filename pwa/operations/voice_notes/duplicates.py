"""Skips suggestions that duplicate, or are older than, what is already stored."""

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
from pwa.operations.calls.history import open_requests
from pwa.operations.recoveries import recoveries
from pwa.operations.voice_notes import recovery_question
from pwa.rules.text.match_title import match_title
from pwa.rules.vocabulary.enums import SuggestionKind
from pwa.rules.vocabulary.timezones import local_day


class DuplicateCheck:
    """Compares the suggestions of one conversation with stored data, read at most once per kind."""

    def __init__(self, row: Interaction) -> None:
        self.row = row
        self.day = local_day(row.at, row.user.zone)

    def matching_request(self, suggestion: Read) -> int | None:
        """The id of the open request that the suggestion refers to, if any."""
        index = match_title(
            f"{suggestion.text} {suggestion.words}", [request.title for request in self._requests]
        )
        return None if index is None else self._requests[index].id

    def is_known(self, kind: SuggestionKind, suggestion: Read, request_id: int | None) -> bool:
        """Whether there is nothing to confirm: already stored, outdated, or not storable."""
        row = self.row
        if row.contact is None and kind in (SuggestionKind.PREFERENCE, SuggestionKind.NEED):
            return True  # no contact to store it with
        if kind is SuggestionKind.REQUEST:
            return (request_id is None) if suggestion.done else (request_id is not None)
        if kind is SuggestionKind.RECOVERY:
            return self.talked_about is None and any(
                recovery.contact_id == row.contact_id for recovery in self._recoveries
            )
        if kind is SuggestionKind.PROMISE:
            return self._is_promised(suggestion)
        if kind is SuggestionKind.BOOKING:
            return self._is_booked(suggestion)
        if kind is SuggestionKind.CADENCE:
            return _is_stored(self._cadence, suggestion.value, row)
        if kind is SuggestionKind.PREFERENCE:
            return _is_stored(
                row.contact.preference if row.contact else None, suggestion.value, row
            )
        return suggestion.value is not None and suggestion.value == row.mood

    def _is_promised(self, suggestion: Read) -> bool:
        return any(
            suggestion.date in (None, due) and alike(words, f"{suggestion.text} {suggestion.words}")
            for words, due in self._promises
        )

    def _is_booked(self, suggestion: Read) -> bool:
        return any(
            at.date() == suggestion.date
            and (contact_id is None or contact_id == self.row.contact_id)
            and (suggestion.time is None or suggestion.time == at.time())
            for at, contact_id in self._bookings
        )

    @cached_property
    def talked_about(self) -> Recovery | None:
        """The open recovery that trouble heard in the conversation may be about."""
        return recovery_question.talked_about(self.row)

    @cached_property
    def _requests(self) -> list[ServiceRequest]:
        return list(open_requests(self.row.client_id))

    @cached_property
    def _recoveries(self) -> list[Recovery]:
        return list(recoveries.open_at(self.row.client_id))

    @cached_property
    def _cadence(self) -> Cadence | None:
        return cadences.current(self.row.client)

    @cached_property
    def _promises(self) -> list[tuple[str, date | None]]:
        """(wording, due day) of promises made that day, and of promises already suggested."""
        made = sa.select(Promise.words, Promise.due).where(Promise.client_id == self.row.client_id)
        suggested = sa.select(Suggestion.text, Suggestion.day).where(
            Suggestion.interaction_id == self.row.id, Suggestion.kind == SuggestionKind.PROMISE
        )
        rows = [*session.execute(made.where(Promise.made == self.day)), *session.execute(suggested)]
        return [(words, due) for words, due in rows]

    @cached_property
    def _bookings(self) -> list[tuple[datetime, int | None]]:
        """(time in the user's zone, contact id) of the client's open bookings."""
        query = sa.select(Booking.at, Booking.contact_id)
        query = query.where(Booking.client_id == self.row.client_id)
        query = query.where(Booking.cancelled_at.is_(None), Booking.settled_at.is_(None))
        return [
            (at.astimezone(self.row.user.zone), contact_id)
            for at, contact_id in session.execute(query)
        ]


def is_outdated(suggestion: Suggestion) -> bool:
    """Whether newer data contradicts the suggestion, so that accepting must not overwrite it."""
    talk = suggestion.interaction
    if suggestion.kind is SuggestionKind.CADENCE:
        cadence = cadences.current(talk.client)
        return (
            cadence is not None and cadence.stage != suggestion.value and _is_newer(cadence, talk)
        )
    if suggestion.kind is SuggestionKind.PREFERENCE and talk.contact and talk.contact.preference:
        preference = talk.contact.preference
        return preference.channel != suggestion.value and _is_newer(preference, talk)
    return False


def _is_stored(stored: Cadence | Preference | None, value: str | None, talk: Interaction) -> bool:
    """Whether the value is stored already, or contradicted by newer data."""
    if stored is None:
        return False
    stored_value = stored.stage if isinstance(stored, Cadence) else stored.channel
    return stored_value == value or _is_newer(stored, talk)


def _is_newer(stored: Cadence | Preference, talk: Interaction) -> bool:
    day = local_day(talk.at, talk.user.zone)
    if isinstance(stored, Cadence):
        return stored.since > day or stored.created_at > talk.at
    if stored.asked_on and stored.asked_on != day:
        return stored.asked_on > day
    return stored.recorded_at > talk.at
