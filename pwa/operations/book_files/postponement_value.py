"""The end of a postponement in a book: a whole day, or a moment."""

from datetime import datetime, time
from typing import Any

from pwa.models import Postponement
from pwa.operations.book_files.problems import BadBook
from pwa.operations.book_files.references import References
from pwa.operations.book_files.values import DAY, MOMENT


def read_until(raw: Any, path: str, references: References) -> dict[str, Any]:
    """The columns for `2026-11-25` or `2026-11-24T15:00:00+01:00`. Raises BadBook."""
    if raw is None:
        raise BadBook(f"{path.removesuffix('.until')}: has no until")
    if isinstance(raw, str) and len(raw) > len("YYYY-MM-DD"):
        return {"until": MOMENT.read(raw, path, references), "whole_day": False}
    day = DAY.read(raw, path, references)
    return {"until": datetime.combine(day, time(0), references.zone), "whole_day": True}


def write_until(row: Postponement, references: References) -> str:
    """The day or the moment, in the owner's zone."""
    local = row.until.astimezone(references.zone)
    return local.date().isoformat() if row.whole_day else local.isoformat()
