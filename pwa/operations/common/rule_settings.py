"""The rule settings: defaults, overridden by what an administrator stored."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Audit, Number, User
from pwa.rules.vocabulary.settings import DEFAULTS, RuleSettings

_DEFAULTS: dict[str, int] = asdict(DEFAULTS)


def current_settings() -> RuleSettings:
    """The settings in force, read in one query."""
    return with_defaults({row.name: row.value for row in session.scalars(sa.select(Number))})


def with_defaults(values: Mapping[str, int]) -> RuleSettings:
    """The defaults overridden by `values`; unknown names are ignored."""
    overrides: dict[str, Any] = {
        setting.name: type(_DEFAULTS[setting.name])(values[setting.name])
        for setting in fields(RuleSettings)
        if setting.name in values
    }
    return replace(DEFAULTS, **overrides)


def change(to: RuleSettings, by: User, now: datetime) -> None:
    """Stores new settings, audited; only values that differ from their default are kept."""
    before, after = asdict(current_settings()), asdict(to)
    changed = {name: value for name, value in after.items() if value != before[name]}
    if not changed:
        return
    session.execute(sa.delete(Number))
    session.add_all(
        Number(name=name, value=int(value))
        for name, value in after.items()
        if value != _DEFAULTS[name]
    )
    session.add(
        Audit(
            at=now,
            user_id=by.id,
            action="numbers changed",
            subject="numbers",
            subject_id=0,
            details={"before": {name: before[name] for name in changed}, "after": changed},
        )
    )
