"""The way in: a transcript and the moment of the call, suggestions out."""

from datetime import datetime

from pwa.note_parser.clauses import analysis
from pwa.note_parser.finders import (
    bookings,
    cadences,
    deduplicate,
    moods,
    needs,
    preferences,
    promises,
    recoveries,
    requests,
)
from pwa.note_parser.vocabulary.suggestion import Suggestion

_FINDERS = (
    promises.find,
    bookings.find,
    cadences.find,
    preferences.find,
    recoveries.find,
    requests.find,
    needs.find,
    moods.find,
)


def read(transcript: str, now: datetime) -> list[Suggestion]:
    """What the note suggests, in the order it was said.

    `now` is the aware moment of the call in the manager's zone: "by Friday" counts from its day.
    Any text gives an answer; the time taken grows with its length.
    """
    taken = analysis.take(transcript, now)
    return deduplicate.deduplicate(taken, [one for finder in _FINDERS for one in finder(taken)])
