"""The numbers of the rules as an administrator left them."""

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
    """Those that hold now: one short read by key."""
    return with_defaults({row.name: row.value for row in session.scalars(sa.select(Number))})


def with_defaults(values: Mapping[str, int]) -> RuleSettings:
    """The defaults, but for these. A name that no rule reads any more is passed over."""
    known: dict[str, Any] = {
        one.name: type(_DEFAULTS[one.name])(values[one.name])
        for one in fields(RuleSettings)
        if one.name in values
    }
    return replace(DEFAULTS, **known)


def change(to: RuleSettings, by: User, now: datetime) -> None:
    """Let these numbers hold from now on; only what differs from its default is kept."""
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
