"""What was gone through in a conversation, and what was not (R11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar


class CoverableRequest(Protocol):
    """An open request: its number, and the day it was opened."""

    @property
    def id(self) -> int: ...

    @property
    def opened(self) -> date: ...


R = TypeVar("R", bound=CoverableRequest)


@dataclass(frozen=True, slots=True)
class CoveredDay:
    """The contact that counts (R2) of one day in the manager's zone.

    `covered` holds the requests gone through in any conversation of that day, `minutes` how long
    they took together; `live` says that one of them was more than writing.
    """

    day: date
    covered: frozenset[int] = frozenset()
    minutes: int = 0
    live: bool = True


def uncovered(requests: Iterable[R], last: CoveredDay | None) -> tuple[R, ...]:
    """The open requests that lead the next brief (R11), in the order given.

    Those are the ones opened before the day of the last conversation and not covered in it. What
    was opened on that day or later could not be left out of it; without any conversation nothing
    was.
    """
    if last is None:
        return ()
    return tuple(one for one in requests if one.opened < last.day and one.id not in last.covered)


def last_conversation(talks: Sequence[CoveredDay]) -> CoveredDay | None:
    """The latest day on which requests could be gone through, of `talks` oldest first.

    That is by talking, or in writing that says what it was about.
    """
    return next((one for one in reversed(talks) if one.live or one.covered), None)


def all_covered(requests: Iterable[R], last: CoveredDay | None) -> bool:
    """Whether every open request was gone through in the last conversation (R9).

    One that was opened since is not gone through yet.
    """
    return all(last is not None and one.id in last.covered for one in requests)
