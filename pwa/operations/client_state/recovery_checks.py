"""The checks of a recovery as a column or a book holds them (R16)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pwa.rules.commitments.recovery_checks import Check


def read_checks(stored: Any) -> tuple[Check, ...]:
    """`{"due", "done"}` each, or the day it is due alone; what says no day is left out.

    `done` is the day somebody asked, or true where a book only says that they did.
    """
    checks = []
    for entry in stored if isinstance(stored, list) else ():
        fields = entry if isinstance(entry, Mapping) else {"due": entry}
        due, done = _day(fields.get("due")), fields.get("done")
        if due:
            checks.append(Check(due, due if done is True else _day(done)))
    return tuple(checks)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError):
        return None
