"""A client as typed by a user."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _

from pwa.models import Client
from pwa.operations.clients.clients import ClientFacts, ContactFacts
from pwa.rules.vocabulary.enums import Stage, Tier
from pwa.web.forms.clients.contact import read_contact
from pwa.web.forms.clients.position import Position, read_position
from pwa.web.forms.editing import Values
from pwa.web.forms.fields import Errors, Fields

_BLOCK = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:to|–|-|/|\s)\s*(\d{4}-\d\d-\d\d))?")
MOST_BLOCKS = 20


@dataclass(frozen=True)
class ClientForm:
    """The edit page of a client."""

    facts: ClientFacts
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> "ClientForm":
        fields = Fields(form)
        facts = read_facts(fields, away=read_away(fields))
        return cls(facts, fields.errors)

    @staticmethod
    def values(client: Client) -> Values:
        """The stored values by field."""
        blocks = "\n".join(f"{b.first_day} to {b.last_day}" for b in client.away)
        return {
            "name": client.name,
            "town": client.town or "",
            "address": client.address or "",
            "country": client.country or "",
            "timezone": client.timezone or "",
            "tier": client.tier.value if client.tier else "",
            "position": _position(client),
            "away": blocks,
        }

    @staticmethod
    def labels() -> dict[str, str]:
        """The fields' labels on the page."""
        return {
            "name": _("Name"),
            "town": _("Town"),
            "address": _("Address"),
            "country": _("Country"),
            "timezone": _("Time zone"),
            "tier": _("Weight"),
            "position": _("Position"),
            "away": _("Away"),
        }


@dataclass(frozen=True)
class NewClientForm:
    """The page of a new client: the client, the first contact and the cadence."""

    facts: ClientFacts
    contact: ContactFacts
    stage: Stage
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], region: str) -> "NewClientForm":
        """Phone numbers without a country code are of `region`."""
        fields = Fields(form)
        facts = read_facts(fields)
        contact = read_contact(fields, region, prefix="contact_")
        stage = fields.choice("stage", Stage) or Stage.MONTHLY
        return cls(facts, contact, stage, fields.in_order())


def read_facts(fields: Fields, away: tuple[tuple[date, date], ...] = ()) -> ClientFacts:
    """The fields that the pages of a new and of a known client share."""
    return ClientFacts(
        name=fields.text("name", _("What is the company called?")),
        town=fields.optional("town", most=120),
        address=fields.optional("address", most=300),
        country=fields.country("country"),
        timezone=fields.zone("timezone"),
        tier=fields.choice("tier", Tier),
        away=away,
        position=_read_position(fields),
    )


def _read_position(fields: Fields) -> Position | None:
    typed = fields.text("position", most=2000)
    position = read_position(typed) if typed else None
    if typed and position is None:
        fields.errors["position"] = _(
            "No position stands in that. Give two numbers, as 59.91, 10.75, or the link of a map."
        )
    return position


def _position(client: Client) -> str:
    if client.latitude is None or client.longitude is None:
        return ""
    return f"{client.latitude}, {client.longitude}"


def read_away(fields: Fields) -> tuple[tuple[date, date], ...]:
    """First and last days of the absences, one absence a line, sorted."""
    lines = [line.strip() for line in fields.text("away", most=1000).splitlines() if line.strip()]
    try:
        blocks = sorted(_block(line) for line in lines)
    except ValueError:
        fields.errors["away"] = _("Write one stretch a line, as 2026-12-21 to 2027-01-01.")
        return ()
    if len(blocks) > MOST_BLOCKS:
        fields.errors["away"] = _("At most %(most)d stretches, please.", most=MOST_BLOCKS)
    return tuple(blocks)


def _block(line: str) -> tuple[date, date]:
    match = _BLOCK.fullmatch(line)
    if not match:
        raise ValueError(line)
    first = date.fromisoformat(match[1])
    last = date.fromisoformat(match[2]) if match[2] else first
    if last < first:
        raise ValueError(line)
    return first, last
