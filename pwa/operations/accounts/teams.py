"""Team administration: name, country and region."""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from pwa.db import session
from pwa.models import Audit, Client, Team, User
from pwa.operations.accounts.users import AccountError
from pwa.operations.client_state.due_dates import refresh_due_dates


def change(
    team: Team, name: str, country: str | None, region: str | None, by: User, now: datetime
) -> None:
    """Changes a team; due dates follow its holidays. Raises AccountError for a taken name."""
    twin = sa.select(Team.id).where(Team.name == name, Team.id != team.id)
    if session.scalar(twin):
        raise AccountError(_("There is a team of that name already."))
    moved = team.country != country
    before = {"name": team.name, "country": team.country, "region": team.region}
    team.name, team.country, team.region = name, country, region
    after = {"name": name, "country": country, "region": region}
    session.add(
        Audit(
            at=now,
            user_id=by.id,
            action="team changed",
            subject="team",
            subject_id=team.id,
            details={"before": before, "after": after},
        )
    )
    if moved:
        refresh_due_dates(_clients_of(team), now)


def _clients_of(team: Team) -> list[int]:
    query = sa.select(Client.id).join(User, User.id == Client.owner_id)
    return list(session.scalars(query.where(User.team_id == team.id)))
