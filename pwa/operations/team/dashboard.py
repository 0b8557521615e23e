"""The supervisor's dashboard: each manager's day, and the clients that have gone quiet."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from pwa.db import days_between, session
from pwa.models import Cadence, Client, Interaction, Role, User
from pwa.operations.clients.client_filters import is_due, is_late, is_quiet
from pwa.operations.team.alerts import supervised_users
from pwa.rules.vocabulary.enums import ClientStatus, Stage
from pwa.rules.vocabulary.timezones import local_day, moment

QUIET_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ManagerDay:
    """A manager's day: clients reached today, still due, late, and gone quiet."""

    user_id: int
    name: str
    clients: int
    done: int
    due: int
    late: int
    quiet: int


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
    """A team on a day; `quiet` is a limited list, longest first, `quiet_count` the total."""

    teams: str
    managers: tuple[ManagerDay, ...]
    quiet: tuple[QuietClient, ...]

    @property
    def quiet_count(self) -> int:
        """How many clients have gone quiet."""
        return sum(manager.quiet for manager in self.managers)


def board(viewer: User, now: datetime) -> Board:
    """The viewer's team, all teams for an administrator, in two queries."""
    today = local_day(now, viewer.zone)
    start = moment(today, time(), viewer.zone)
    days = [ManagerDay(*row) for row in session.execute(_managers(viewer, today, start))]
    quiet = [QuietClient(*row) for row in session.execute(_quiet(viewer, today))]
    return Board(viewer.team.name, tuple(days), tuple(quiet))


def _managers(viewer: User, today: date, start: datetime) -> sa.Select[*tuple[Any, ...]]:
    done = (
        sa.select(sa.func.count(sa.distinct(Interaction.client_id)))
        .where(Interaction.user_id == User.id, Interaction.at >= start)
        .where(Interaction.reached, Interaction.superseded_at.is_(None))
        .scalar_subquery()
    )

    def number(condition: Any) -> Any:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)

    return (
        sa.select(
            User.id,
            User.name,
            sa.func.count(Client.id),
            done,
            number(is_due(today)),
            number(is_late(today)),
            number(is_quiet(today)),
        )
        .select_from(User)
        .outerjoin(
            Client, sa.and_(Client.owner_id == User.id, Client.status == ClientStatus.ACTIVE)
        )
        .outerjoin(Cadence, sa.and_(Cadence.client_id == Client.id, Cadence.ended_at.is_(None)))
        .where(User.role == Role.MANAGER, User.deactivated_at.is_(None), supervised_users(viewer))
        .group_by(User.id, User.name)
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
