"""The answer to a suggestion, put right where it was misread; and what was said and not read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from flask_babel import gettext as _

from pwa import clock
from pwa.models import Suggestion
from pwa.operations.voice_notes import confirmation, readings
from pwa.operations.voice_notes.confirmation import NO_TERMS, AcceptedTerms
from pwa.operations.voice_notes.readings import WORDED, Reading
from pwa.operations.voice_notes.suggestions import SuggestionGroup
from pwa.rules.text.sentences import Sentence, sentences
from pwa.rules.vocabulary.enums import Channel, Kind, Mood, Stage, SuggestionKind
from pwa.rules.vocabulary.timezones import local_day
from pwa.web.forms.fields import Errors, Fields

MOST_WORDS = 1000
SHORT = {SuggestionKind.RECOVERY: 200, SuggestionKind.REQUEST: 200}
# The field that a kind has a value in, and its members.
VALUES: dict[SuggestionKind, tuple[str, type[StrEnum]]] = {
    SuggestionKind.CADENCE: ("stage", Stage),
    SuggestionKind.PREFERENCE: ("channel", Channel),
    SuggestionKind.MOOD: ("mood", Mood),
}
TIMED = frozenset({SuggestionKind.PROMISE, SuggestionKind.BOOKING})


class Answer(StrEnum):
    """A tap on a suggestion. TALKED and OTHER answer whether it is about an open recovery."""

    YES = "yes"
    NO = "no"
    UNDO = "undo"
    TALKED = "talked"
    OTHER = "other"


@dataclass
class SuggestionForm:
    """The answer; with a "Yes" the suggestion as corrected, and the day and time."""

    answer: Answer
    reading: Reading
    terms: AcceptedTerms = NO_TERMS
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], suggestion: Suggestion) -> "SuggestionForm":
        """Fields that are missing leave the suggestion as it was read."""
        fields = Fields(form)
        answer = fields.valid_choice("answer", Answer) or Answer.NO
        stands = readings.reading_of(suggestion)
        if answer is not Answer.YES:
            return cls(answer, stands)
        kind = _kind(fields, suggestion)
        reading = Reading(kind, _text(fields, kind, suggestion), stands.day, stands.at_time)
        reading = replace(reading, value=_value(fields, kind, suggestion))
        if kind is stands.kind:
            reading = replace(reading, done=stands.done)
        terms = _terms(fields, kind, suggestion)
        reading = _with_time(reading, terms, suggestion, fields)
        return cls(answer, reading, terms, fields.in_order())


def _kind(fields: Fields, suggestion: Suggestion) -> SuggestionKind:
    kind = fields.valid_choice("kind", SuggestionKind) or suggestion.kind
    possible = kind is suggestion.kind or readings.is_storable(kind, suggestion.interaction)
    if not possible:
        fields.errors["kind"] = _("Choose one of the list.")
    return kind if possible else suggestion.kind


def _text(fields: Fields, kind: SuggestionKind, suggestion: Suggestion) -> str:
    """The wording, or for a booking its kind of conversation; as it stands where it is not sent."""
    if kind is SuggestionKind.BOOKING:
        current = confirmation.booking_kind(suggestion)
        return (fields.valid_choice("conversation", Kind) or current).value
    if kind not in WORDED:
        return suggestion.text
    current_words = readings.wording(suggestion)
    if "text" not in fields.form or fields.trimmed("text") == current_words.strip():
        return current_words
    return " ".join(
        fields.text("text", _("Write what it is about."), SHORT.get(kind, MOST_WORDS)).split()
    )


def _value(fields: Fields, kind: SuggestionKind, suggestion: Suggestion) -> str | None:
    if kind not in VALUES:
        return suggestion.value if kind is suggestion.kind else None
    name, members = VALUES[kind]
    chosen = fields.valid_choice(name, members)
    if chosen is None and kind is not suggestion.kind:
        fields.errors[name] = _("Choose one of the list.")
    return chosen.value if chosen else suggestion.value


def _terms(fields: Fields, kind: SuggestionKind, suggestion: Suggestion) -> AcceptedTerms:
    """The day and time to store, checked."""
    if kind not in TIMED:
        return NO_TERMS
    is_booking = kind is SuggestionKind.BOOKING
    needed = _("On which day?") if is_booking else _("By which day?")
    terms = AcceptedTerms(fields.day("day", needed), fields.time("time") if is_booking else None)
    if terms.day and "day" not in fields.errors and "time" not in fields.errors:
        _check_day(kind, suggestion, terms, terms.day, fields.errors)
    return terms


def _check_day(
    kind: SuggestionKind, suggestion: Suggestion, terms: AcceptedTerms, day: date, errors: Errors
) -> None:
    talk = suggestion.interaction
    gone = day < local_day(talk.at, talk.user.zone)
    if kind is SuggestionKind.BOOKING:
        gone = confirmation.booking_time(suggestion, terms) <= clock.now()
    if gone:
        errors["day"] = _("That day is gone. Choose one that is still to come.")


def _with_time(
    reading: Reading, terms: AcceptedTerms, suggestion: Suggestion, fields: Fields
) -> Reading:
    """The reading with a day and time that differ from those that were read or proposed."""
    if reading.kind is SuggestionKind.REQUEST:
        return replace(reading, day=fields.day("day") if "day" in fields.form else reading.day)
    if terms.day and terms.day != confirmation.proposed_day(suggestion):
        reading = replace(reading, day=terms.day)
    if terms.at_time and terms.at_time != confirmation.proposed_time(suggestion):
        reading = replace(reading, at_time=terms.at_time)
    return reading


@dataclass
class AdditionForm:
    """What "Something missing?" adds: a sentence of the note, and what it is."""

    sentence: Sentence | None
    kind: SuggestionKind | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], group: SuggestionGroup) -> "AdditionForm":
        fields = Fields(form)
        parts = sentences(group.note)
        number = fields.integer("sentence")
        kind = fields.valid_choice("kind", SuggestionKind)
        chosen = parts[number] if number is not None and 0 <= number < len(parts) else None
        if chosen is None:
            fields.errors["sentence"] = _("Choose what was said.")
        if kind is None or not readings.is_storable(kind, group.talk):
            fields.errors["kind"] = _("Choose one of the list.")
        return cls(chosen, kind, fields.errors)
