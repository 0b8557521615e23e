"""Resolves references of a book: users by e-mail, teams by name, contacts by ref."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass
class References:
    """Context in which a value is read or written: ids by reference, time and zone.

    `users` and `teams` map e-mail and name to id; `contacts` maps ref to id within one client. The
    `*_of` mappings go the other way. `zone` and `owner_id` are those of the client's owner.
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
        """Today in the owner's zone."""
        return self.now.astimezone(self.zone).date()
