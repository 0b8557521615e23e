"""Users, sessions, one-time links and sign-in rate limits."""

from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pwa.models.base import Base, UtcDateTime, choice
from pwa.models.team import Team
from pwa.rules.maps.map_links import MapApp
from pwa.rules.vocabulary.person_names import first_name


class Role(StrEnum):
    """A user's role: access to their own clients, their team's, or everything."""

    MANAGER = "manager"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class User(UserMixin, Base):  # type: ignore[misc]  # it ships no types
    """A user. `email` is stored case-folded; `capacity_minutes` is the daily calling time.

    `map_app` opens their routes and places, None until they chose. `phone_key` encrypts the local
    data on their devices: 32 bytes in hex, created on first use.

    Notifications: `notice_days` is a comma-separated list of mon..sun, empty for the working days;
    `muted_kinds` one of NoticeKind values; `visit_lead_minutes` is None for the time of travel,
    else half an hour; `full_names` allows them on a locked screen.
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
    evening_at: Mapped[time] = mapped_column(default=time(17, 0), server_default="17:00:00")
    notice_days: Mapped[str] = mapped_column(sa.String(30), default="", server_default="")
    muted_kinds: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    call_lead_minutes: Mapped[int] = mapped_column(default=5, server_default="5")
    visit_lead_minutes: Mapped[int | None]
    full_names: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    map_app: Mapped[MapApp | None] = mapped_column(choice(MapApp))
    phone_key: Mapped[str | None] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deactivated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    team: Mapped[Team] = relationship(lazy="joined", innerjoin=True)

    # Which signed-in session this request came by; set by the loader, never stored.
    sign_in_token: str = ""
    # False if sign-in found no active cover of a colleague's clients.
    may_cover = True

    def get_id(self) -> str:
        """The session token for the cookie, never the user's id."""
        return self.sign_in_token

    @property
    def is_active(self) -> bool:
        """Whether the user may sign in."""
        return self.deactivated_at is None

    @property
    def zone(self) -> ZoneInfo:
        """The user's time zone, in which all times are shown."""
        return ZoneInfo(self.timezone)

    @property
    def first_name(self) -> str:
        """The first name, for the greeting."""
        return first_name(self.name) or self.name

    @property
    def home_country(self) -> str | None:
        """The country of the user's public holidays, else the team's."""
        return self.country or self.team.country


class SignIn(Base):
    """A session of a user; only the hash of its token is stored.

    `visible_at` is when one of its pages, on the screen, was last touched.
    """

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    browser: Mapped[str] = mapped_column(sa.String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    visible_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OneTimeLink(Base):
    """A one-time link with which a user sets a password."""

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInTry(Base):
    """Rate limit: sign-in tries of a key (IP address or e-mail) in the current window."""

    __tablename__ = "sign_in_tries"

    key: Mapped[str] = mapped_column(sa.String(300), primary_key=True)
    tries: Mapped[int]
    window_from: Mapped[datetime] = mapped_column(UtcDateTime)
