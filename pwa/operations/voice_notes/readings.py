"""What a suggestion says, corrected by the user before it is confirmed."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from pwa.models import Interaction, Suggestion
from pwa.operations.calls.corrections import STATED_BY_CONTACT
from pwa.rules.contact.contact_events import REACHED
from pwa.rules.vocabulary.enums import SuggestionKind

OF_A_CONTACT = frozenset({SuggestionKind.PREFERENCE, SuggestionKind.NEED})
# Kinds whose text is wording; that of a booking is its kind of conversation.
WORDED = frozenset(
    {
        SuggestionKind.PROMISE,
        SuggestionKind.RECOVERY,
        SuggestionKind.REQUEST,
        SuggestionKind.NEED,
    }
)
ADDED: dict[str, Any] = {}  # what a suggestion was read as that the user added: nothing


@dataclass(frozen=True)
class Reading:
    """What a suggestion says. `value` is a stage, a channel or a mood, `done` that of a request."""

    kind: SuggestionKind
    text: str
    day: date | None = None
    at_time: time | None = None
    value: str | None = None
    done: bool = False


def reading_of(suggestion: Suggestion) -> Reading:
    """What the suggestion says now."""
    return Reading(
        suggestion.kind,
        suggestion.text,
        suggestion.day,
        suggestion.at_time,
        suggestion.value,
        suggestion.done,
    )


def wording(suggestion: Suggestion) -> str:
    """The wording to begin a correction with: its text, or the words it came from."""
    return suggestion.text if suggestion.kind in WORDED else suggestion.words


def kinds_of(talk: Interaction) -> list[SuggestionKind]:
    """The kinds that can be stored with a conversation."""
    return [kind for kind in SuggestionKind if is_storable(kind, talk)]


def is_storable(kind: SuggestionKind, talk: Interaction) -> bool:
    """Whether the contact was reached, and known, where the kind needs that."""
    if kind in STATED_BY_CONTACT and talk.outcome not in REACHED:
        return False
    return talk.contact_id is not None or kind not in OF_A_CONTACT


def correct(suggestion: Suggestion, reading: Reading) -> None:
    """Corrects an open suggestion; what was read at first is kept with it, to learn from."""
    current = reading_of(suggestion)
    if reading == current:
        return
    if suggestion.read_as is None:
        suggestion.read_as = stored(current)
    for name, value in vars(reading).items():
        setattr(suggestion, name, value)
    if suggestion.kind is not SuggestionKind.REQUEST:
        suggestion.request_id = None


def stored(reading: Reading) -> dict[str, Any]:
    """The reading as JSON, by the names of a case to learn from."""
    return {
        "kind": reading.kind.value,
        "text": reading.text,
        "date": reading.day.isoformat() if reading.day else None,
        "time": reading.at_time.isoformat() if reading.at_time else None,
        "value": reading.value,
    }
