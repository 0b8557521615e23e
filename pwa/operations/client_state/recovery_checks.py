"""The checks of a recovery as a column or a book holds them (R16)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pwa.rules.commitments.recovery_checks import Check


def read_checks(stored: Any) -> tuple[Check, ...]:
    """`{"due", "done"}` each, or the day it is due alone; what says no day is left out.

    `done` is the day somebody asked, or true where a book only says that they did.
    """
    found = []
    for one in stored if isinstance(stored, list) else ():
        given = one if isinstance(one, Mapping) else {"due": one}
        due, done = _day(given.get("due")), given.get("done")
        if due:
            found.append(Check(due, due if done is True else _day(done)))
    return tuple(found)


def _day(given: Any) -> date | None:
    try:
        return date.fromisoformat(given[:10])
    except (TypeError, ValueError):
        return None
