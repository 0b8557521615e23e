"""The decisions about an uploaded list: its columns, its owner and its country."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_login import current_user

from pwa.db import session
from pwa.intake import IntakeError
from pwa.models import ImportRun, Role, User
from pwa.operations.imports import UndecidedImport, decide, default_region
from pwa.operations.imports.fields import USED
from pwa.operations.imports.preview import mapping_of, preview_of
from pwa.operations.imports.runs import opened_list
from pwa.web.forms.fields import Errors, Fields
from pwa.web.text import country_zones
from pwa.web.text import import_text as say


@dataclass(frozen=True)
class ImportForm:
    """The field of each column (None: as recognised), the clients' owner, and their place."""

    fields: list[str] | None
    owner: str
    where: str
    errors: Errors = field(default_factory=dict)

    @classmethod
    def prefilled(cls, run: ImportRun) -> "ImportForm":
        """The decisions taken before, else the most likely ones."""
        everyone = managers()
        only = everyone[0] if len(everyone) == 1 else None
        owner = run.owner_id or (only.id if only else None)
        zone = run.timezone or (only or current_user).timezone
        region = run.region or default_region(owner) or country_zones.region_of(zone)
        return cls(None, str(owner or ""), country_zones.value_of(region, zone))

    @classmethod
    def parse(cls, values: Mapping[str, str]) -> "ImportForm":
        fields = Fields(values)
        columns = [name for _number, name in sorted(fields.numbered("field-").items())]
        form = cls(
            [name if name in USED else "" for name in columns],
            fields.trimmed("owner"),
            fields.trimmed("where"),
            fields.errors,
        )
        if form.owner and form.owner not in dict(form.managers):
            fields.errors["owner"] = str(say.UNDECIDED["owner"])
        if country_zones.read(form.where) is None:
            fields.errors["where"] = str(say.UNDECIDED["timezone"])
        return form

    @property
    def managers(self) -> list[tuple[str, str]]:
        """The owners to choose from, by value."""
        owners = [
            (str(manager.id), f"{manager.name} · {manager.team.name}") for manager in managers()
        ]
        return [("", _("Choose")), *owners]

    @property
    def places(self) -> list[tuple[str, str]]:
        """The places to choose from, by value."""
        return [("", _("Choose")), *country_zones.choices()]

    def chosen(self, index: int, recognised: str | None) -> str:
        """The field shown for a column."""
        if self.fields is None or index >= len(self.fields):
            return recognised or ""
        return self.fields[index]


def managers() -> list[User]:
    """The active managers, by name."""
    query = sa.select(User).where(User.role == Role.MANAGER, User.deactivated_at.is_(None))
    return sorted(session.scalars(query), key=lambda manager: manager.name.casefold())


def save_decision(run: ImportRun, form: ImportForm) -> None:
    """Store the decisions in the run; adds an error to the form for those that cannot work."""
    seen = preview_of(run)
    if not seen.is_cards and len(form.fields or []) != len(seen.columns):
        form.errors["field-1"] = _("Say for every column what it is.")
        return
    run.mapping = mapping_of(seen, form.fields or [])
    run.region, run.timezone = country_zones.read(form.where) or (None, None)
    run.owner_id = int(form.owner) if form.owner else None
    try:
        with opened_list(run) as clients:
            decide(clients, run.owner_id, run.timezone)
    except IntakeError as error:
        form.errors["field-1"] = error.message.render(_)
    except UndecidedImport as error:
        form.errors["owner"] = say.undecided(error)
    if form.errors:
        session.expire(run)  # the list is shown again as it was read before
