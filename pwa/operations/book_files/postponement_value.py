"""Until when "not now" holds: a day as a whole, or a moment."""

from datetime import datetime, time
from typing import Any

from pwa.models import Postponement
from pwa.operations.book_files.problems import BadBook
from pwa.operations.book_files.references import References
from pwa.operations.book_files.values import DAY, MOMENT


def read_until(given: Any, place: str, names: References) -> dict[str, Any]:
    """The columns for `2026-11-25` or `2026-11-24T15:00:00+01:00`."""
    if given is None:
        raise BadBook(f"{place.removesuffix('.until')}: has no until")
    if isinstance(given, str) and len(given) > len("YYYY-MM-DD"):
        return {"until": MOMENT.read(given, place, names), "whole_day": False}
    day = DAY.read(given, place, names)
    return {"until": datetime.combine(day, time(0), names.zone), "whole_day": True}


def write_until(row: Postponement, names: References) -> str:
    """The same, in the owner's zone."""
    local = row.until.astimezone(names.zone)
    return local.date().isoformat() if row.whole_day else local.isoformat()
