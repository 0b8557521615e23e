"""The demo book: a file in the format of `load-book`, believable on any day.

All days are relative to the moment of loading and are working days, so that calls fall on weekdays,
Charlie's list looks the same every morning, and nothing is outdated. Random choices are seeded by
the names of the clients, so that the same moment gives the same book.
"""

from datetime import date, datetime
from typing import Any

from pwa.demo import clients, hours, learned, scenes
from pwa.demo.companies import COMPANIES
from pwa.demo.days import DAY, Today

PASSWORD = "rounds-demo"  # noqa: S105 - printed for everyone; these people do not exist
PEOPLE = (
    ("ada", "Ada Nilsen", "administrator"),
    ("petra", "Petra Lind", "supervisor"),
    ("charlie", "Charlie Boone", "manager"),
    ("ingrid", "Ingrid Moe", "manager"),
    ("sally", "Sally Tran", "manager"),
)


def demo_book(now: datetime) -> dict[str, Any]:
    """The book as of `now`."""
    today = Today(now)
    client_entries = [
        clients.demo_client(company, number, today) for number, company in enumerate(COMPANIES)
    ]
    for entry in client_entries:
        hours.move_into_contact_hours(entry, today)
    scenes.apply_scenes(client_entries, today)
    learned.apply_team_scenes(client_entries, today)
    return {
        "version": 1,
        "teams": [{"name": "North", "country": "NO", "region": "NO"}],
        "users": [_user(*person) for person in PEOPLE],
        "covers": [_cover(today.day)],
        "clients": client_entries,
    }


def emails() -> list[str]:
    """The e-mail addresses of the demo's users."""
    return [f"{first}@rounds.example" for first, _, _ in PEOPLE]


def _user(first: str, name: str, role: str) -> dict[str, Any]:
    return {
        "email": f"{first}@rounds.example",
        "name": name,
        "role": role,
        "team": "North",
        "timezone": "Europe/Oslo",
        "capacity_minutes": 240,
    }


def _cover(today: date) -> dict[str, Any]:
    return {
        "user": "sally@rounds.example",
        "by": "ingrid@rounds.example",
        "from": (today + DAY * 20).isoformat(),
        "to": (today + DAY * 26).isoformat(),
        "reason": "holiday",
    }
