"""The supervisor's dashboard: each manager's day, and the clients that have gone quiet."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from pwa.db import days_between, session
from pwa.models import Cadence, Client, Interaction, Role, Team, User
from pwa.operations.clients.client_filters import is_late, is_quiet
from pwa.operations.team import team_progress
from pwa.operations.team.alert import Alert
from pwa.operations.team.alerts import alerts_for, rule_candidates, supervised_users
from pwa.rules.day_list.remaining import Progress
from pwa.rules.vocabulary.enums import ClientStatus, Stage
from pwa.rules.vocabulary.timezones import local_day

QUIET_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ManagerDay:
    """A manager's day as the manager's own list counts it; the clients, those late and quiet."""

    user_id: int
    name: str
    clients: int
    late: int
    quiet: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class QuietClient:
    """A client past its due day and the day of grace, with its owner."""

    client_id: int
    name: str
    town: str | None
    stage: Stage
    days: int
    last: datetime | None
    owner: str


@dataclass(frozen=True, slots=True)
class Board:
    """A team on a day; `quiet` is a limited list, longest first, `quiet_count` the total.

    `alerts` are the clients that need the viewer.
    """

    teams: str
    managers: tuple[ManagerDay, ...]
    quiet: tuple[QuietClient, ...]
    alerts: tuple[Alert, ...]

    @property
    def quiet_count(self) -> int:
        """How many clients have gone quiet."""
        return sum(manager.quiet for manager in self.managers)


def board(viewer: User, now: datetime) -> Board:
    """The viewer's team, all teams for an administrator, in a fixed number of queries."""
    today = local_day(now, viewer.zone)
    rows = session.execute(_managers(viewer, today)).all()
    owners = rule_candidates(viewer, now)
    team_day = team_progress.of_managers([row.User for row in rows], now, owners)
    alerts = alerts_for(viewer, now, owners, team_day.clients.values())
    quiet = [QuietClient(*row) for row in session.execute(_quiet(viewer, today))]
    return Board(
        viewer.team.name,
        tuple(_manager_day(row, team_day.progress) for row in rows),
        tuple(quiet),
        tuple(alerts),
    )


def _manager_day(row: Any, progress: dict[int, Progress]) -> ManagerDay:
    user, clients, late, quiet = row
    return ManagerDay(user.id, user.name, clients, late, quiet, progress[user.id])


def _managers(viewer: User, today: date) -> sa.Select[*tuple[Any, ...]]:
    def number(condition: Any) -> Any:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)

    return (
        sa.select(
            User,
            sa.func.count(Client.id),
            number(is_late(today)),
            number(is_quiet(today)),
        )
        .select_from(User)
        .join(User.team)
        .outerjoin(
            Client, sa.and_(Client.owner_id == User.id, Client.status == ClientStatus.ACTIVE)
        )
        .outerjoin(Cadence, sa.and_(Cadence.client_id == Client.id, Cadence.ended_at.is_(None)))
        .where(User.role == Role.MANAGER, User.deactivated_at.is_(None), supervised_users(viewer))
        .options(contains_eager(User.team))
        .group_by(User.id, Team.id)
        .order_by(number(is_quiet(today)).desc(), User.id)
    )


def _quiet(viewer: User, today: date) -> sa.Select[*tuple[Any, ...]]:
    last = (
        sa.select(sa.func.max(Interaction.at))
        .where(Interaction.client_id == Client.id, Interaction.reached)
        .where(Interaction.superseded_at.is_(None))
        .scalar_subquery()
    )
    silent = days_between(Client.next_due, today)
    return (
        sa.select(Client.id, Client.name, Client.town, Cadence.stage, silent, last, User.name)
        .join(User, User.id == Client.owner_id)
        .join(Cadence, sa.and_(Cadence.client_id == Client.id, Cadence.ended_at.is_(None)))
        .where(is_quiet(today), supervised_users(viewer))
        .order_by(silent.desc(), Client.id)
        .limit(QUIET_SHOWN)
    )
