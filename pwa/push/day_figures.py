"""What a notice about a day says: how much is left, who is first, what is promised."""

from dataclasses import dataclass
from datetime import time

from pwa.push.payload import Who


@dataclass(frozen=True, slots=True)
class First:
    """The first row of the list. `at` is a booked time, `before` the end of a window; local.

    `recovery` marks something that went wrong, `by` its deadline: without full names nobody is
    named.
    """

    who: Who
    at: time | None = None
    before: time | None = None
    by: time | None = None
    recovery: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a day: video calls count as calls. `recoveries` are among the rest."""

    calls: int = 0
    visits: int = 0
    writes: int = 0
    recoveries: int = 0
    first: First | None = None

    @property
    def total(self) -> int:
        """All of it: the number on the app's icon."""
        return self.calls + self.visits + self.writes


@dataclass(frozen=True, slots=True)
class PromisesDue:
    """How many promises fall due today, how many by `day`, and how many are overdue."""

    today: int = 0
    coming: int = 0
    day: str = ""
    overdue: int = 0


NO_PROMISES = PromisesDue()
