"""People of ours, as an administrator looks after them."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from pwa.db import session
from pwa.models import Client, Device, OneTimeLink, Role, SignIn, Team, User
from pwa.operations.accounts import accounts
from pwa.operations.accounts.accounts import AccountError
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.rules.vocabulary.enums import ClientStatus


@dataclass(frozen=True)
class PersonFacts:
    """What an administrator decides about a person. `team` is the name of one, new or not."""

    name: str
    role: Role
    team: str
    timezone: str
    country: str | None
    capacity_minutes: int


@dataclass(frozen=True, slots=True)
class PersonListItem:
    """A person in the list: when they were last here, and how many clients are theirs."""

    user: User
    seen_at: datetime | None
    clients: int


def everyone() -> list[PersonListItem]:
    """All people by name, those who left last."""
    seen = sa.select(sa.func.max(SignIn.seen_at)).where(SignIn.user_id == User.id)
    theirs = sa.select(sa.func.count()).select_from(Client).where(Client.owner_id == User.id)
    theirs = theirs.where(Client.status != ClientStatus.ENDED)
    query = sa.select(User, seen.scalar_subquery(), theirs.scalar_subquery())
    found = [PersonListItem(*row) for row in session.execute(query)]
    return sorted(found, key=lambda one: (not one.user.is_active, one.user.name.casefold()))


def teams() -> list[Team]:
    """All teams by name."""
    return sorted(session.scalars(sa.select(Team)), key=lambda team: team.name.casefold())


def add(email: str, facts: PersonFacts, by: User, now: datetime) -> tuple[User, str]:
    """A new person and the token of their one-time link. Raises Refused."""
    team = accounts.team_named(facts.team)
    user = accounts.create_user(email, facts.name, facts.role, team, facts.timezone, now)
    user.country = facts.country
    user.capacity_minutes = facts.capacity_minutes
    accounts.note(user, "person added", now, by.id, role=facts.role.value, team=team.name)
    return user, accounts.make_link(user, now)


def change(user: User, facts: PersonFacts, by: User, now: datetime) -> None:
    """Another role, team, zone or capacity. Raises Refused when nobody would be left in charge."""
    if user.role == Role.ADMINISTRATOR and facts.role != Role.ADMINISTRATOR:
        _keep_one_in_charge(user)
    before = {"role": user.role.value, "team": user.team.name, "timezone": user.timezone}
    user.team = accounts.team_named(facts.team)
    for name in ("name", "role", "timezone", "country", "capacity_minutes"):
        setattr(user, name, getattr(facts, name))
    after = {"role": user.role.value, "team": user.team.name, "timezone": user.timezone}
    accounts.note(user, "person changed", now, by.id, before=before, after=after)
    refresh_due_dates(_clients_of(user), now)


def _clients_of(user: User) -> list[int]:
    return list(session.scalars(sa.select(Client.id).where(Client.owner_id == user.id)))


def _keep_one_in_charge(user: User) -> None:
    # The rows are locked, so that two administrators cannot step down at the same time.
    query = sa.select(User).where(User.role == Role.ADMINISTRATOR, User.deactivated_at.is_(None))
    in_charge = session.scalars(query.with_for_update(of=User)).all()
    if not any(other.id != user.id for other in in_charge):
        words = _("%(name)s is the only administrator. Name another one first.", name=user.name)
        raise AccountError(words)


def deactivate(user: User, by: User, now: datetime) -> None:
    """Out everywhere, at once; clients, history and promises stay. Raises Refused."""
    if user.id == by.id:
        raise AccountError(_("You cannot deactivate yourself. Another administrator can."))
    if user.role == Role.ADMINISTRATOR:
        _keep_one_in_charge(user)
    user.deactivated_at = user.deactivated_at or now
    for table in (SignIn, OneTimeLink, Device):
        session.execute(sa.delete(table).where(table.user_id == user.id))
    accounts.note(user, "person deactivated", now, by.id)


def reactivate(user: User, by: User, now: datetime) -> None:
    """Let them in again, with the password they had."""
    user.deactivated_at = None
    accounts.note(user, "person reactivated", now, by.id)


def reset(user: User, by: User, now: datetime) -> str:
    """The token of a new link to set a password. Raises Refused for someone who may not sign in."""
    if not user.is_active:
        raise AccountError(_("%(name)s is deactivated. Reactivate them first.", name=user.name))
    accounts.note(user, "link made", now, by.id)
    return accounts.make_link(user, now)


def left_behind(user: User) -> list[Client]:
    """The clients of a person that still need someone, ended ones left out."""
    query = sa.select(Client).where(Client.owner_id == user.id)
    return list(session.scalars(query.where(Client.status != ClientStatus.ENDED)))
