"""The list of usual causes of recoveries, kept by each team (R16)."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from pwa.db import session
from pwa.models import Audit, Cause, User

MAX_CAUSES = 20


def default_causes() -> list[str]:
    """The causes a team starts with."""
    return [
        _("Delivery missing"),
        _("Delivery late"),
        _("Wrong invoice"),
        _("A promise not kept"),
        _("Nobody got back to them"),
        _("A fault that keeps coming back"),
    ]


def of_team(team_id: int) -> list[str]:
    """The causes of a team in order; the defaults until they are changed."""
    query = sa.select(Cause.words).where(Cause.team_id == team_id)
    return list(session.scalars(query.order_by(Cause.position, Cause.id))) or default_causes()


def replace(words: list[str], by: User, now: datetime) -> None:
    """Replaces the causes of the user's team, audited; stored recoveries keep theirs."""
    team_id = by.team_id
    session.add(
        Audit(
            at=now,
            user_id=by.id,
            action="causes changed",
            subject="team",
            subject_id=team_id,
            details={"from": of_team(team_id), "to": words},
        )
    )
    session.execute(sa.delete(Cause).where(Cause.team_id == team_id))
    for position, cause in enumerate(words):
        session.add(Cause(team_id=team_id, words=cause, position=position))
