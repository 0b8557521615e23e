"""Labels of the enums."""

from enum import StrEnum
from functools import cache
from zoneinfo import available_timezones

from flask import Flask
from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from pwa.models import Role
from pwa.operations.clients.client_filters import Order, Show
from pwa.rules.vocabulary.enums import (
    Channel,
    ClientStatus,
    Kind,
    Mood,
    NeedKind,
    Priority,
    RequestKind,
    RequestStatus,
    RowKind,
    Settled,
    Severity,
    Stage,
    SuggestionKind,
    Tier,
    Topic,
)
from pwa.rules.vocabulary.phones import PhoneLabel, TextBy

LABELS: dict[type[StrEnum], dict[str, str]] = {
    Stage: {
        "daily": _("every working day"),
        "twice_weekly": _("twice a week"),
        "weekly": _("weekly"),
        "fortnightly": _("every two weeks"),
        "monthly": _("monthly"),
        "quarterly": _("every quarter"),
    },
    Channel: {
        "phone": _("Phone"),
        "video": _("Video"),
        "visit": _("Visit"),
        "email": _("E-mail"),
        "text": _("Text"),
    },
    PhoneLabel: {
        "mobile": _("Mobile"),
        "work": _("Work"),
        "home": _("Home"),
        "main": _("Main"),
        "other": _("Other"),
    },
    TextBy: {"sms": _("SMS"), "whatsapp": _("WhatsApp")},
    Kind: {
        "call": _("Call"),
        "visit": _("Visit"),
        "video": _("Video"),
        "email": _("E-mail"),
        "text": _("Text"),
    },
    Settled: {
        "happened": _("It happened"),
        "moved": _("Moved"),
        "cancelled": _("Cancelled"),
        "missed": _("Missed"),
    },
    RowKind: {
        "call": _("Call"),
        "visit": _("Visit"),
        "video": _("Video"),
        "write": _("Message"),
    },
    Topic: {
        "apology": _("Apology"),
        "difficult": _("Difficult client"),
        "first_call": _("First call"),
        "slower": _("Offering a slower rhythm"),
        "quote": _("Quote"),
    },
    Tier: {"A": _("A, a top client"), "B": _("B"), "C": _("C")},
    ClientStatus: {"active": _("active"), "paused": _("paused"), "ended": _("ended")},
    Show: {
        "due": _("Due"),
        "late": _("Late"),
        "quiet": _("Quiet"),
        "never": _("Never reached"),
        "open": _("Something open"),
    },
    Order: {
        "name": _("Name"),
        "due": _("Next conversation, longest due first"),
        "spoken": _("Last spoken, longest ago first"),
    },
    Role: {
        "manager": _("Manager"),
        "supervisor": _("Supervisor"),
        "administrator": _("Administrator"),
    },
    Severity: {"high": _("Bad"), "medium": _("Not good"), "low": _("A nuisance")},
    Priority: {"high": _("high"), "medium": _("medium"), "low": _("low")},
    RequestKind: {"request": _("Request"), "quote": _("Quote"), "roadmap": _("Roadmap meeting")},
    NeedKind: {
        "need": _("They need"),
        "want": _("They want"),
        "thinks": _("They think of us"),
    },
    Mood: {"good": _("Good"), "neutral": _("As usual"), "worried": _("Worried")},
    SuggestionKind: {
        "promise": _("Promise"),
        "booking": _("Next time"),
        "cadence": _("How often"),
        "preference": _("Channel"),
        "recovery": _("Something went wrong"),
        "request": _("Request"),
        "need": _("Worth keeping"),
        "mood": _("Mood"),
    },
    RequestStatus: {
        "open": _("open"),
        "in_progress": _("in progress"),
        "waiting": _("waiting for them"),
        "done": _("done"),
    },
}

# As short as the rungs of the ladder.
RUNGS = (
    ("daily", _("daily")),
    ("twice_weekly", _("2 a week")),
    ("weekly", _("weekly")),
    ("fortnightly", _("2 weeks")),
    ("monthly", _("month")),
    ("quarterly", _("quarter")),
)


def init_app(app: Flask) -> None:
    """Registers the filters and functions for templates."""
    app.jinja_env.filters.update(label=label, country_name=country_name, zone_name=zone_name)
    app.jinja_env.globals.update(options=options, countries=countries, zones=zones, RUNGS=RUNGS)


def label(word: StrEnum) -> str:
    """The label of an enum member."""
    return LABELS[type(word)][word.value]


def options(name: str) -> list[tuple[str, str]]:
    """(value, label) of the members of the enum called `name`, as in `options("Stage")`."""
    words = next(kind for kind in LABELS if kind.__name__ == name)
    return list(LABELS[words].items())


def countries() -> list[tuple[str, str]]:
    """(code, name) of every country, sorted by name."""
    names = get_locale().territories
    real = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return sorted(real, key=lambda pair: pair[1])


def country_name(code: str | None) -> str:
    """The name of a country by its code; empty for none."""
    return get_locale().territories.get(code, code) if code else ""


def zone_name(zone: str) -> str:
    """The place that a time zone is named for: America/New_York -> New York."""
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def zones() -> list[str]:
    """The time zones that are named for a place."""
    parts = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return sorted(zone for zone in available_timezones() if zone.split("/")[0] in parts)
