"""Builders of client states, contacts and attempts for tables of cases."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pwa.rules.contact.contact_events import ContactEvent
from pwa.rules.day_list.client_state import ClientState, ContactState, ManagerContext
from pwa.rules.day_list.row import Row, row_for
from pwa.rules.scheduling.availability import AvailabilityPreference
from pwa.rules.scheduling.cadence import CadenceAgreement
from pwa.rules.vocabulary.enums import Channel, Direction, Kind, Outcome, Stage

OSLO = ZoneInfo("Europe/Oslo")
SYDNEY = ZoneInfo("Australia/Sydney")
NEW_YORK = ZoneInfo("America/New_York")
DESK = ManagerContext(OSLO)
# The week of the tests: Monday is 23 November 2026, Oslo is one hour ahead of UTC.
MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 11, 23 + n) for n in range(7))
PHONE = AvailabilityPreference(Channel.PHONE)
MAIL = AvailabilityPreference(Channel.EMAIL)
DANA, BEN = 1, 2


class Holidays:
    """Monday to Friday but for the days named."""

    def __init__(self, *days: date) -> None:
        self.days = frozenset(days)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.days


def oslo(day: date, clock: str, days: int = 0) -> datetime:
    """The moment of a clock time in Oslo, `days` after `day`."""
    local = datetime.combine(day + timedelta(days=days), time.fromisoformat(clock), OSLO)
    return local.astimezone(UTC)


def prefers(
    channel: Channel | None,
    start: str | None = None,
    end: str | None = None,
    days: Iterable[int] | None = None,
) -> AvailabilityPreference:
    return AvailabilityPreference(
        channel,
        frozenset(days) if days is not None else None,
        time.fromisoformat(start) if start else None,
        time.fromisoformat(end) if end else None,
    )


def dana(**facts: Any) -> ContactState:
    return ContactState(
        **{
            "id": DANA,
            "name": "Dana Whitfield",
            "phone": "+4722123456",
            "preference": PHONE,
            **facts,
        }
    )


def ben(**facts: Any) -> ContactState:
    return ContactState(**{"id": BEN, "name": "Ben Stone", "preference": PHONE, **facts})


def client(**facts: Any) -> ClientState:
    """A weekly client whom we reached on the Monday before at ten: due this Monday."""
    return ClientState(
        **{
            "id": 1,
            "name": "Halden Freight",
            "zone": OSLO,
            "cadence": CadenceAgreement(Stage.WEEKLY, date(2026, 10, 1)),
            "last": oslo(date(2026, 11, 16), "10:00"),
            "contacts": [dana()],
            **facts,
        }
    )


def client_not_due(**facts: Any) -> ClientState:
    """A client without anything due: reached on Friday."""
    return client(**{"last": oslo(date(2026, 11, 20), "10:00"), **facts})


def failed_attempt(outcome: Outcome, at: datetime, contact: int = DANA) -> ContactEvent:
    return ContactEvent(contact, Kind.CALL, Direction.OUT, outcome, at)


def row_of(state: ClientState, now: datetime | None = None) -> Row:
    """The client's row on Monday at nine; fails without one."""
    client_row = row_for(state, DESK, now or oslo(MON, "09:00"))
    assert client_row is not None
    return client_row


def has_no_row(state: ClientState, now: datetime | None = None) -> bool:
    return row_for(state, DESK, now or oslo(MON, "09:00")) is None
