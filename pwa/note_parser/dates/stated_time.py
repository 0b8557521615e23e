"""The day and the time that a text names, whatever it is about."""

from datetime import date, datetime, time

from pwa.note_parser.dates.expressions import find
from pwa.note_parser.dates.resolution import resolve
from pwa.note_parser.tokens.tokens import tokenise


def stated_time(text: str, now: datetime, *, deadline: bool) -> tuple[date | None, time | None]:
    """The day and the time in `text`, None for what it does not name.

    `now` is the aware moment of the call in the manager's zone. Of several days a deadline is the
    last that they allow, anything else the first.
    """
    return resolve(find(tokenise(text), now), now, deadline=deadline)
