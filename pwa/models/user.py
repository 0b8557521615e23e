"""People who sign in, where they are signed in, and the links that let them set a password."""

from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pwa.models.base import Base, UtcDateTime, choice
from pwa.models.team import Team


class Role(StrEnum):
    """What a person may see: their own clients, their team's, or everything."""

    MANAGER = "manager"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class User(UserMixin, Base):  # type: ignore[misc]  # it ships no types
    """A person of ours. `email` is kept folded; `capacity_minutes` is the calling time of a day.

    `phone_key` seals what their phones keep: 32 bytes in hexadecimal, made when first asked for.
    """

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    role: Mapped[Role] = mapped_column(choice(Role))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("teams.id"), index=True)
    timezone: Mapped[str] = mapped_column(sa.String(64), default="UTC")
    country: Mapped[str | None] = mapped_column(sa.String(2))
    capacity_minutes: Mapped[int] = mapped_column(default=240)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    digest_at: Mapped[time] = mapped_column(default=time(7, 30))
    quiet_from: Mapped[time] = mapped_column(default=time(19, 0))
    quiet_to: Mapped[time] = mapped_column(default=time(7, 0))
    phone_key: Mapped[str | None] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deactivated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)

    # Which signed-in session this request came by; set by the loader, never stored.
    sign_in_token: str = ""
    # False where signing in found that nobody's clients are theirs to look after these days.
    may_cover = True

    def get_id(self) -> str:
        """What the cookie carries: the session's token, never the person's number."""
        return self.sign_in_token

    @property
    def is_active(self) -> bool:
        """Whether the person may sign in."""
        return self.deactivated_at is None

    @property
    def zone(self) -> ZoneInfo:
        """The person's own time zone: everything on their screen is said in it."""
        return ZoneInfo(self.timezone)

    @property
    def first_name(self) -> str:
        """The word to greet the person with."""
        return self.name.split()[0]

    @property
    def home_country(self) -> str | None:
        """The country whose public holidays are theirs: their own, else the team's."""
        return self.country or self.team.country


class SignIn(Base):
    """One place where a person is signed in. Only the hash of its token is kept."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    browser: Mapped[str] = mapped_column(sa.String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OneTimeLink(Base):
    """A link that lets one person set a password once."""

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInTry(Base):
    """How often a key (an address or an e-mail) was tried in the running window."""

    __tablename__ = "sign_in_tries"

    key: Mapped[str] = mapped_column(sa.String(300), primary_key=True)
    tries: Mapped[int]
    window_from: Mapped[datetime] = mapped_column(UtcDateTime)
