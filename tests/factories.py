"""Rows for tests, each made with one call and sensible values."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any, TypeVar

from pwa.db import session
from pwa.models import (
    Booking,
    Cadence,
    Client,
    Contact,
    Interaction,
    Preference,
    Promise,
    Recovery,
    Role,
    ServiceRequest,
    Team,
    User,
)
from pwa.operations.accounts import passwords
from pwa.rules.vocabulary.enums import Channel, Kind, Outcome, RequestStatus, Severity, Stage, Tier

PASSWORD = "a long enough password"
NOW = datetime(2026, 11, 20, 9, 40, tzinfo=UTC)

T = TypeVar("T")
_numbers = count(1)


def reset() -> None:
    """Begin to count anew, so that names are the same whatever ran before."""
    global _numbers
    _numbers = count(1)


def save(row: T) -> T:
    session.add(row)
    session.flush()
    return row


def team(name: str = "North", country: str | None = "NO", region: str | None = "NO") -> Team:
    return save(Team(name=name, country=country, region=region))


def user(role: Role = Role.MANAGER, team_: Team | None = None, **values: object) -> User:
    number = next(_numbers)
    made = {
        "email": f"person{number}@example.com",
        "name": f"Person {number}",
        "timezone": "Europe/Oslo",
        "created_at": NOW,
        **values,
    }
    made.setdefault("password_hash", passwords.hasher.hash(PASSWORD))
    return save(User(role=role, team=team_ or team(f"Team {number}"), **made))


def client(
    owner: User, name: str = "Halden Freight", stage: Stage = Stage.WEEKLY, **values: object
) -> Client:
    """A client with a cadence since 1 October and no contact yet."""
    made = {"tier": Tier.B, "country": "NO", "created_at": NOW, "search_key": name.casefold()}
    row = save(Client(owner=owner, name=name, **{**made, **values}))
    since = date(2026, 10, 1)
    save(Cadence(client_id=row.id, stage=stage, since=since, created_at=NOW))
    return row


def contact(client_: Client, name: str = "Dana Whitfield", **values: object) -> Contact:
    made = {"phone": "+4722123456", "position": len(client_.contacts), **values}
    return save(Contact(client=client_, name=name, **made))


def preference(
    contact_: Contact, channel: Channel | None = Channel.PHONE, **values: object
) -> Preference:
    made = {"asked_on": date(2026, 10, 3), "recorded_at": NOW, **values}
    return save(Preference(contact=contact_, channel=channel, **made))


def promise(client_: Client, words: str = "send the switch quote", **values: object) -> Promise:
    made = {"made": date(2026, 11, 10), "due": date(2026, 11, 20), **values}
    made.setdefault("falls_due", made["due"])
    return save(Promise(client_id=client_.id, words=words, **made))


def request(client_: Client, title: str = "Backup alarm", **values: object) -> ServiceRequest:
    made = {"opened": date(2026, 11, 16), **values}
    return save(ServiceRequest(client_id=client_.id, title=title, **made))


def booking(client_: Client, **values: object) -> Booking:
    made = {"at": datetime(2026, 11, 24, 14, 0, tzinfo=UTC), **values}
    return save(Booking(client_id=client_.id, **made))


def recovery(client_: Client, cause: str = "Delivery missing", **values: object) -> Recovery:
    made = {"opened": NOW, "severity": Severity.HIGH, **values}
    return save(Recovery(client_id=client_.id, cause=cause, **made))


def interaction(client_: Client, **values: object) -> Interaction:
    made = {
        "user_id": client_.owner_id,
        "kind": Kind.CALL,
        "outcome": Outcome.SPOKE,
        "reached": True,
        "at": NOW,
        "received_at": NOW,
        **values,
    }
    return save(Interaction(client_id=client_.id, **made))


def a_full_page(client_: Client, times: int) -> None:
    """Every kind of row that a client's page shows, so many times."""
    who: dict[str, Any] = {"contact_id": client_.contacts[0].id}
    for _ in range(times):
        promise(client_, **who)
        promise(client_, kept=date(2026, 11, 12), **who)
        request(client_, **who)
        request(client_, status=RequestStatus.DONE, closed_on=date(2026, 11, 18))
        booking(client_, **who)
        interaction(client_, **who)
