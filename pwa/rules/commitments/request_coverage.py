"""Request coverage: the open requests that a conversation did and did not cover (R11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar


class CoverableRequest(Protocol):
    """An open request: its id, and the day it was opened."""

    @property
    def id(self) -> int: ...

    @property
    def opened(self) -> date: ...


R = TypeVar("R", bound=CoverableRequest)


@dataclass(frozen=True, slots=True)
class CoveredDay:
    """The contact that counts (R2) on one day in the manager's zone.

    `covered` holds the ids of the requests discussed that day, `minutes` the total duration;
    `live` says that one of the conversations was live.
    """

    day: date
    covered: frozenset[int] = frozenset()
    minutes: int = 0
    live: bool = True


def uncovered(requests: Iterable[R], last: CoveredDay | None) -> tuple[R, ...]:
    """The requests opened before the day of the last conversation and not covered in it (R11).

    In input order; they lead the next brief. Empty without a conversation.
    """
    if last is None:
        return ()
    return tuple(r for r in requests if r.opened < last.day and r.id not in last.covered)


def last_conversation(talks: Sequence[CoveredDay]) -> CoveredDay | None:
    """The latest of `talks` (oldest first) that was live or covered requests in writing."""
    return next((talk for talk in reversed(talks) if talk.live or talk.covered), None)


def all_covered(requests: Iterable[R], last: CoveredDay | None) -> bool:
    """Whether the last conversation covered every open request (R9), later ones included."""
    return all(last is not None and request.id in last.covered for request in requests)
