"""What the supervisor's board says needs somebody."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AlertKind(StrEnum):
    """The kinds of alerts, the most severe first."""

    MISSED = "missed"
    BROKEN = "broken"
    POSTPONED = "postponed"
    CLOSED = "closed"
    WRITTEN = "written"
    UNCONFIRMED = "unconfirmed"
    UNHEARD = "unheard"


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert about one client: its text, how often, and since when."""

    trouble: AlertKind
    client_id: int
    client: str
    owner: str
    since: datetime | date | None
    words: str = ""
    count: int = 1
