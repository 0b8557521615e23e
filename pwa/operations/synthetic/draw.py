"""Draws synthetic clients with realistic distributions from a seed."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from pwa.operations.clients.search import SearchableContact, match_key, search_key
from pwa.rules.vocabulary.enums import (
    Channel,
    ClientStatus,
    Direction,
    Kind,
    Outcome,
    Priority,
    RequestKind,
    RequestStatus,
    Stage,
    Tier,
)

LATE = 0.05
TALKS = 3
FEW = 300  # clients of an owner up to which every one is called often
_CLOSE = tuple(zip(Stage, (2, 8, 45, 25, 15, 5), strict=True))
_STAGES = tuple(zip(Stage, (1, 3, 20, 26, 35, 15), strict=True))
_TIERS = tuple(zip(Tier, (15, 35, 50), strict=True))
_CHANNELS = tuple(zip(Channel, (60, 10, 8, 17, 5), strict=True))
_PLACES = (
    ("NO", "Europe/Oslo", "Oslo", 59.91, 10.75),
    ("NO", "Europe/Oslo", "Bergen", 60.39, 5.32),
    ("SE", "Europe/Stockholm", "Stockholm", 59.33, 18.07),
    ("DE", "Europe/Berlin", "Hamburg", 53.55, 9.99),
    ("GB", "Europe/London", "Leeds", 53.8, -1.55),
)
_HOURS = ((8, 10), (8, 12), (9, 16), (13, 16), (10, 15))
_DAYS = ("mon,tue,wed", "tue,thu", "mon,wed,fri", "wed,thu,fri")
_FIRST = "Anna Bo Cem Dina Emil Frida Georg Hedda Ivan Jo Kaja Leo Mia Nils Olga Per Rut".split()
_LAST = "Berg Dahl Ek Fischer Grant Holm Ivarsen Jansen Koch Lund Moen Nair Ortega".split()
_TRADES = "Freight Dental Legal Print Bakery Optics Timber Hotel School Energy Wines".split()
_NOTES = (
    "Everything runs; nothing open on their side.",
    "Asked for the figures before the end of the month.",
    "Short talk between two meetings, next time as usual.",
    "The new printer works, they are pleased.",
)

Row = dict[str, Any]


class Draw:
    """Rows for one load test; the same seed and day give the same rows."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.random = Random(seed)  # noqa: S311 - nothing secret hangs on it
        self.now = now
        self.today = now.date()

    def client(self, ref: str, number: int, owner_id: int, share: int) -> tuple[Row, Stage]:
        """A client and its stage; `share` is the number of clients of its owner."""
        country, zone, town, latitude, longitude = self.random.choice(_PLACES)
        name = f"{self.random.choice(_LAST)} {self.random.choice(_TRADES)} {number}"
        row = {
            "ref": ref,
            "name": name,
            "search_key": "",
            "match_key": match_key(name, town),
            "owner_id": owner_id,
            "tier": self._weighted(_TIERS),
            "status": ClientStatus.ACTIVE,
            "town": town,
            "country": country,
            "timezone": zone,
            "latitude": latitude + self.random.uniform(-0.2, 0.2),
            "longitude": longitude + self.random.uniform(-0.2, 0.2),
            "need_per_day": 0.0,
            "unasked": True,
            "created_at": self.now,
            "version": 1,
        }
        return row, self._weighted(_CLOSE if share <= FEW else _STAGES)

    def contacts(self, client: Row, number: int) -> list[Row]:
        """One contact, two for every tenth client; the client's search key follows."""
        rows = [
            {
                "ref": f"c{position}",
                "name": f"{self.random.choice(_FIRST)} {self.random.choice(_LAST)}",
                "phone": f"+4720{(number * 2 + position) % 1_000_000:06d}",
                "email": f"c{position}@{client['ref']}.example",
                "is_primary": position == 0,
                "difficult": False,
                "position": position,
            }
            for position in range(2 if self.random.random() < 0.1 else 1)
        ]
        contacts = [
            SearchableContact(str(row["name"]), str(row["email"]), (str(row["phone"]),))
            for row in rows
        ]
        client["search_key"] = search_key(client["name"], client["town"], contacts)
        return rows

    def preference(self) -> Row | None:
        """A current preference for four of five contacts; None for the others."""
        if self.random.random() >= 0.8:
            return None
        opens, closes = self.random.choice(_HOURS) if self.random.random() < 0.6 else (None, None)
        return {
            "channel": self._weighted(_CHANNELS),
            "days": self.random.choice(_DAYS) if self.random.random() < 0.2 else "",
            "opens": time(opens) if opens else None,
            "closes": time(closes) if closes else None,
            "asked_on": self.today - timedelta(days=self.random.randint(5, 300)),
            "is_current": True,
            "recorded_at": self.now,
        }

    def talks(self, stage: Stage, zone: str) -> list[Row]:
        """The last few conversations, newest last; one in twenty clients is overdue."""
        gap = stage.days
        back = self.random.randint(0, gap)
        if self.random.random() < LATE:
            back = gap + self.random.randint(1, 10)
        days = [self.today - timedelta(days=back + gap * step) for step in range(TALKS)][::-1]
        return [self._talk(f"i{index}", day, zone) for index, day in enumerate(days)]

    def _talk(self, ref: str, day: date, zone: str) -> Row:
        if day < self.today:
            day -= timedelta(days=max(0, day.weekday() - 4))
        clock = time(self.random.randint(8, 15), self.random.randint(0, 59))
        at = min(datetime.combine(day, clock, ZoneInfo(zone)), self.now)
        return {
            "ref": ref,
            "kind": Kind.CALL,
            "direction": Direction.OUT,
            "outcome": Outcome.SPOKE,
            "at": at,
            "received_at": at,
            "minutes": self.random.randint(3, 20),
            "note": self.random.choice(_NOTES),
            "reached": True,
        }

    def promise(self, share: int) -> Row | None:
        """A promise for three in ten clients, a third of them open; fewer if the owner has many."""
        if self.random.random() >= 0.3 * min(1, FEW / share):
            return None
        made = self.today - timedelta(days=self.random.randint(5, 60))
        due = made + timedelta(days=self.random.randint(2, 10))
        is_open = self.random.random() < 0.33
        if is_open:
            due = self.today + timedelta(days=self.random.randint(-1, 20))
        days = {"made": made, "due": due, "falls_due": due, "kept": None if is_open else due}
        return {"ref": "p0", "words": "send the figures", **days, "version": 1}

    def request(self) -> Row | None:
        """A request for two in five clients, half of them done."""
        if self.random.random() >= 0.4:
            return None
        opened = self.today - timedelta(days=self.random.randint(1, 90))
        done = self.random.random() < 0.5
        is_quote = self.random.random() < 0.1
        ahead = self.today + timedelta(days=self.random.randint(1, 40))
        return {
            "ref": "r0",
            "kind": RequestKind.QUOTE if is_quote else RequestKind.REQUEST,
            "title": "Wireless in the back room",
            "priority": self.random.choice(list(Priority)),
            "status": RequestStatus.DONE if done else RequestStatus.OPEN,
            "opened": opened,
            "due": ahead if is_quote else None,
            "closed_on": self.today if done else None,
            "version": 1,
        }

    def booking(self, share: int) -> Row | None:
        """A booking within ten days for three in a hundred clients; fewer if the owner has many."""
        if self.random.random() >= 0.03 * min(1, FEW / share):
            return None
        ahead = timedelta(days=self.random.randint(0, 10), hours=self.random.randint(0, 8))
        return {
            "ref": "b0",
            "kind": self.random.choice((Kind.CALL, Kind.VISIT)),
            "at": self.now + ahead,
        }

    def _weighted(self, choices: Any) -> Any:
        words, weights = zip(*choices, strict=True)
        return self.random.choices(words, weights)[0]
