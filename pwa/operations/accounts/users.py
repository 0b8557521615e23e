"""User accounts: created by e-mail address, name, role, team and time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Role, Team, User
from pwa.rules.maps.map_links import MapApp


class AccountError(Exception):
    """An account operation was refused; the message is shown to the user."""


def fold_email(email: str) -> str:
    """The e-mail address in its normalized form, as stored and compared."""
    return email.replace("\x00", "").strip().casefold()


def team_named(name: str) -> Team:
    """Gets the team of that name, or creates it."""
    team = session.scalar(sa.select(Team).where(Team.name == name.strip()))
    if team is None:
        team = Team(name=name.strip())
        session.add(team)
        session.flush()
    return team


def create_user(
    email: str, name: str, role: Role, team: Team, timezone: str, now: datetime
) -> User:
    """Creates a user without a password. Raises AccountError for an invalid or taken address."""
    email = fold_email(email)
    if email.count("@") != 1 or email.startswith("@") or email.endswith("@"):
        raise AccountError(f"“{email}” is not an e-mail address.")
    if not name.strip():
        raise AccountError("A person needs a name.")
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise AccountError(f"“{timezone}” is not a time zone: write it as Europe/Oslo.") from None
    if session.scalar(sa.select(User.id).where(User.email == email)):
        raise AccountError(f"{email} is here already.")
    user = User(
        email=email, name=name.strip(), role=role, team=team, timezone=timezone, created_at=now
    )
    session.add(user)
    session.flush()
    return user


def choose_map_app(user: User, app: MapApp) -> None:
    """Stores the map app in which the user's routes and places open."""
    session.get_one(User, user.id).map_app = app
