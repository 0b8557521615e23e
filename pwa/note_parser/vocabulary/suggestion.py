"""The result type of the note parser."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Kind = Literal["promise", "booking", "cadence", "preference", "recovery", "request", "need", "mood"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A fact read from the note, stored only after the user confirms it.

    `words` is `transcript[start:end]`. `value` is the stage of a cadence, the channel of a
    preference, `good`, `neutral` or `worried` for a mood, None for the rest. The text of a booking
    is its kind: call, visit, video, email or text. `done` marks a request that is settled.
    """

    kind: Kind
    text: str
    words: str
    start: int
    end: int
    date: dt.date | None = None
    time: dt.time | None = None
    value: str | None = None
    done: bool = False
