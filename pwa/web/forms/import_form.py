"""What a person says about a list before it is tried out."""

from dataclasses import dataclass, field

import sqlalchemy as sa
from flask import request
from flask_babel import gettext as _
from flask_login import current_user

from pwa.db import session
from pwa.intake import IntakeError
from pwa.models import ImportRun, Role, User
from pwa.operations.imports import Undecided, decide, usual_region
from pwa.operations.imports.fields import USED
from pwa.operations.imports.preview import mapping_of, preview_of
from pwa.operations.imports.runs import opened
from pwa.web.text import country_zones
from pwa.web.text import import_text as say


@dataclass
class Form:
    """The field of each column (None: as recognised), whose clients, and where they are."""

    fields: list[str] | None
    owner: str
    where: str
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, run: ImportRun) -> "Form":
        """As it was decided before; else what is most likely."""
        everyone = managers()
        only = everyone[0] if len(everyone) == 1 else None
        owner = run.owner_id or (only.id if only else None)
        zone = run.timezone or (only or current_user).timezone
        region = run.region or usual_region(owner) or country_zones.region_of(zone)
        return cls(None, str(owner or ""), country_zones.value_of(region, zone))

    @classmethod
    def read(cls, run: ImportRun) -> "Form":
        """As it was sent, with what is wrong in it."""
        names = sorted((name for name in request.form if name.startswith("field-")), key=_number)
        fields = [request.form[name] for name in names]
        form = cls(
            [each if each in USED else "" for each in fields],
            request.form.get("owner", ""),
            request.form.get("where", ""),
        )
        if form.owner and form.owner not in dict(form.managers):
            form.errors["owner"] = str(say.UNDECIDED["owner"])
        if country_zones.read(form.where) is None:
            form.errors["where"] = str(say.UNDECIDED["timezone"])
        return form

    @property
    def managers(self) -> list[tuple[str, str]]:
        """Whose clients they may be."""
        people = [(str(one.id), f"{one.name} · {one.team.name}") for one in managers()]
        return [("", _("Choose")), *people]

    @property
    def places(self) -> list[tuple[str, str]]:
        """Where they may be."""
        return [("", _("Choose")), *country_zones.choices()]

    def chosen(self, index: int, recognised: str | None) -> str:
        """What the select of a column shows."""
        if self.fields is None or index >= len(self.fields):
            return recognised or ""
        return self.fields[index]


def managers() -> list[User]:
    """Everyone who can look after clients, by name."""
    query = sa.select(User).where(User.role == Role.MANAGER, User.deactivated_at.is_(None))
    return sorted(session.scalars(query), key=lambda one: one.name.casefold())


def save_decision(run: ImportRun, form: Form) -> None:
    """Write the answers into the run; what cannot work is added to `form.errors`."""
    seen = preview_of(run)
    if not seen.is_cards and len(form.fields or []) != len(seen.columns):
        form.errors["field-1"] = _("Say for every column what it is.")
        return
    run.mapping = mapping_of(seen, form.fields or [])
    run.region, run.timezone = country_zones.read(form.where) or (None, None)
    run.owner_id = int(form.owner) if form.owner else None
    try:
        with opened(run) as clients:
            decide(clients, run.owner_id, run.timezone)
    except IntakeError as error:
        form.errors["field-1"] = error.message.render(_)
    except Undecided as error:
        form.errors["owner"] = say.undecided(error)
    if form.errors:
        session.expire(run)  # the list is shown again as it was read before


def _number(name: str) -> int:
    return int(name.removeprefix("field-")) if name.removeprefix("field-").isdigit() else 0
