"""What comes out of a reading."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Kind = Literal["promise", "booking", "cadence", "preference", "recovery", "request", "need", "mood"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that the note says, not a fact until somebody confirms it.

    `words` is `transcript[start:end]`. `value` is the stage of a cadence, the channel of a
    preference, `good`, `neutral` or `worried` for a mood, None for the rest. The text of a booking
    is its kind: call, visit, video, email or text. `done` tells a request that
    is settled from one that came up.
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
