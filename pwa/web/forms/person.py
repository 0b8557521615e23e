"""A user or a team as typed by an administrator."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from pwa.models import Role, Team, User
from pwa.operations.accounts.administration import PersonFacts
from pwa.web.forms.editing import Values
from pwa.web.forms.fields import Errors, Fields

A_WHOLE_DAY = 720


@dataclass(frozen=True)
class PersonForm:
    """The pages of a user; `email` is read for a new one only."""

    email: str
    facts: PersonFacts
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], *, new: bool) -> "PersonForm":
        fields = Fields(form)
        needed = _("Which address do they sign in with?")
        email = fields.email("email", needed) if new else None
        facts = PersonFacts(
            name=fields.text("name", _("What are they called?")),
            role=fields.choice("role", Role, _("What may they do?")) or Role.MANAGER,
            team=fields.text("new_team", most=100) or fields.text("team", most=100),
            timezone=fields.zone("timezone", _("Where are they?")) or "UTC",
            country=fields.country("country"),
            capacity_minutes=fields.number("capacity_minutes", 0, A_WHOLE_DAY),
        )
        if not facts.team:
            fields.errors["team"] = _("Choose a team, or name a new one.")
        return cls(email or "", facts, fields.errors)

    @staticmethod
    def values(user: User) -> Values:
        """The stored values by field."""
        return {
            "name": user.name,
            "role": user.role.value,
            "team": user.team.name,
            "timezone": user.timezone,
            "country": user.country or "",
            "capacity_minutes": str(user.capacity_minutes),
        }


@dataclass(frozen=True)
class TeamForm:
    """A team: its holidays follow `country`, its phone numbers `region`."""

    name: str
    country: str | None
    region: str | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> "TeamForm":
        fields = Fields(form)
        name = fields.text("name", _("What is the team called?"), most=100)
        country, region = fields.country("country"), fields.country("region")
        return cls(name, country, region, fields.errors)

    @staticmethod
    def values(team: Team) -> Values:
        """The stored values by field."""
        return {"name": team.name, "country": team.country or "", "region": team.region or ""}
