"""User administration: list, add, change, deactivate, reactivate, reset the password."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from pwa.db import session
from pwa.models import Client, OneTimeLink, Role, SignIn, Team, User
from pwa.operations.accounts import passwords, sessions, users
from pwa.operations.accounts.users import AccountError
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.common.audit_log import audit_user
from pwa.rules.vocabulary.enums import ClientStatus


@dataclass(frozen=True)
class PersonFacts:
    """A user as an administrator edits them. `team` is a name; an unknown one is created."""

    name: str
    role: Role
    team: str
    timezone: str
    country: str | None
    capacity_minutes: int


@dataclass(frozen=True, slots=True)
class PersonListItem:
    """A user in the list, when they were last seen, and how many clients they own."""

    user: User
    seen_at: datetime | None
    clients: int


def list_users() -> list[PersonListItem]:
    """All users by name, deactivated ones last."""
    seen = sa.select(sa.func.max(SignIn.seen_at)).where(SignIn.user_id == User.id)
    theirs = sa.select(sa.func.count()).select_from(Client).where(Client.owner_id == User.id)
    theirs = theirs.where(Client.status != ClientStatus.ENDED)
    query = sa.select(User, seen.scalar_subquery(), theirs.scalar_subquery())
    users = [PersonListItem(*row) for row in session.execute(query)]
    return sorted(users, key=lambda row: (not row.user.is_active, row.user.name.casefold()))


def teams() -> list[Team]:
    """All teams by name."""
    return sorted(session.scalars(sa.select(Team)), key=lambda team: team.name.casefold())


def add(email: str, facts: PersonFacts, by: User, now: datetime) -> tuple[User, str]:
    """Creates a user; returns it with the token of a one-time link. Raises AccountError."""
    team = users.team_named(facts.team)
    user = users.create_user(email, facts.name, facts.role, team, facts.timezone, now)
    user.country = facts.country
    user.capacity_minutes = facts.capacity_minutes
    audit_user(user, "person added", now, by.id, role=facts.role.value, team=team.name)
    return user, passwords.make_link(user, now)


def change(user: User, facts: PersonFacts, by: User, now: datetime) -> None:
    """Changes a user. Raises AccountError when no administrator would be left."""
    if user.role == Role.ADMINISTRATOR and facts.role != Role.ADMINISTRATOR:
        _require_other_administrator(user)
    before = {"role": user.role.value, "team": user.team.name, "timezone": user.timezone}
    user.team = users.team_named(facts.team)
    for name in vars(facts).keys() - {"team"}:
        setattr(user, name, getattr(facts, name))
    after = {"role": user.role.value, "team": user.team.name, "timezone": user.timezone}
    audit_user(user, "person changed", now, by.id, before=before, after=after)
    refresh_due_dates(_clients_of(user), now)


def _clients_of(user: User) -> list[int]:
    return list(session.scalars(sa.select(Client.id).where(Client.owner_id == user.id)))


def _require_other_administrator(user: User) -> None:
    # The rows are locked, so that two administrators cannot step down at the same time.
    query = sa.select(User).where(User.role == Role.ADMINISTRATOR, User.deactivated_at.is_(None))
    administrators = session.scalars(query.with_for_update(of=User)).all()
    if not any(admin.id != user.id for admin in administrators):
        words = _("%(name)s is the only administrator. Name another one first.", name=user.name)
        raise AccountError(words)


def deactivate(user: User, by: User, now: datetime) -> None:
    """Deactivates a user and ends their sessions, links and push devices. Raises AccountError."""
    if user.id == by.id:
        raise AccountError(_("You cannot deactivate yourself. Another administrator can."))
    if user.role == Role.ADMINISTRATOR:
        _require_other_administrator(user)
    user.deactivated_at = user.deactivated_at or now
    sessions.end_sessions_of(user)
    session.execute(sa.delete(OneTimeLink).where(OneTimeLink.user_id == user.id))
    audit_user(user, "person deactivated", now, by.id)


def reactivate(user: User, by: User, now: datetime) -> None:
    """Reactivates a user, with the password they had."""
    user.deactivated_at = None
    audit_user(user, "person reactivated", now, by.id)


def new_link(user: User, by: User, now: datetime) -> str:
    """The token of a new one-time link. Raises AccountError for a deactivated user."""
    if not user.is_active:
        raise AccountError(_("%(name)s is deactivated. Reactivate them first.", name=user.name))
    audit_user(user, "link made", now, by.id)
    return passwords.make_link(user, now)


def remaining_clients(user: User) -> list[Client]:
    """The clients that a user still owns, ended ones left out."""
    query = sa.select(Client).where(Client.owner_id == user.id)
    return list(session.scalars(query.where(Client.status != ClientStatus.ENDED)))
