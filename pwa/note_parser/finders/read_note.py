"""Entry point of the note parser: a transcript and the moment of the call in, suggestions out."""

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
    """The suggestions of a note, in the order of the transcript.

    `now` is the aware moment of the call in the manager's zone: "by Friday" counts from its day.
    Any text gives an answer; the running time is linear in its length.
    """
    note = analysis.analyse(transcript, now)
    return deduplicate.deduplicate(
        note,
        [
            deduplicate.Match(clause, suggestion)
            for find in _FINDERS
            for clause, suggestion in find(note)
        ],
    )
