"""Whom the words of a book stand for: users by e-mail, contacts by ref, times by zone."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass
class References:
    """What a value needs to be read or written.

    `users` and `teams` go from e-mail and name to id; `contacts` and `requests` from ref to id,
    within one client. The `*_of` mappings go the other way.
    """

    now: datetime
    users: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    owner_id: int | None = None
    user_of: dict[int, str] = field(default_factory=dict)
    team_of: dict[int, str] = field(default_factory=dict)
    contact_of: dict[int, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day it is in the owner's zone."""
        return self.now.astimezone(self.zone).date()
