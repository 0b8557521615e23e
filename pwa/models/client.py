"""Clients, contacts, their needs, and away blocks."""

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pwa.models.base import Base, UtcDateTime, choice
from pwa.models.phone import Phone
from pwa.models.user import User
from pwa.rules.vocabulary.enums import ClientStatus, NeedKind, Tier
from pwa.rules.vocabulary.person_names import first_name, full_name
from pwa.rules.vocabulary.phones import PhoneNumber

if TYPE_CHECKING:
    from pwa.models.preference import Preference


def new_ref() -> str:
    """A random reference of 16 hex digits, stable across export and import."""
    return uuid.uuid4().hex[:16]


def _today(name: str, column: str, where: str) -> sa.Index:
    where_active = sa.text(f"status = 'active' AND {where}")
    return sa.Index(
        name, "owner_id", column, sqlite_where=where_active, postgresql_where=where_active
    )


class Client(Base):
    """One company at one place.

    `search_key` is the normalised text for searching, `match_key` the key that an import matches.
    The due dates of the day list are stored and refreshed after every write that affects them
    (`operations.client_state.due_dates`), so that the day's clients are an indexed read:
    `next_due` and `need_per_day` for the cadence, `owed_on` for the first recovery, booking or
    first call, `promised_on` for the first promise or recap, `raised_on` for the first reason
    other than cadence (check, neglected contact, thread), `later_on` for the first quote or
    roadmap meeting, `unasked` while no preference is known. `spoken_at` is the last conversation
    with anybody there. `usual_minutes` holds the last five call durations of each kind, newest
    last.
    """

    __tablename__ = "clients"
    __table_args__ = (
        sa.Index("ix_clients_due", "owner_id", "status", "next_due", "need_per_day"),
        _today("ix_clients_owed", "owed_on", "owed_on IS NOT NULL"),
        _today("ix_clients_promised", "promised_on", "promised_on IS NOT NULL"),
        _today("ix_clients_later", "later_on", "later_on IS NOT NULL"),
        _today("ix_clients_raised", "raised_on", "raised_on IS NOT NULL"),
        _today("ix_clients_unasked", "next_due", "unasked"),
        sa.Index("ix_clients_search", "owner_id", "search_key"),
        sa.Index("ix_clients_spoken", "owner_id", "spoken_at"),
        sa.Index("ix_clients_tier", "owner_id", "tier"),
        sa.Index("ix_clients_town", "owner_id", "town"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(sa.String(80), unique=True, default=new_ref)
    name: Mapped[str] = mapped_column(sa.String(200))
    search_key: Mapped[str] = mapped_column(sa.Text, default="")
    match_key: Mapped[str] = mapped_column(sa.String(320), index=True, default="")
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    tier: Mapped[Tier | None] = mapped_column(choice(Tier))
    status: Mapped[ClientStatus] = mapped_column(choice(ClientStatus), default=ClientStatus.ACTIVE)
    address: Mapped[str | None] = mapped_column(sa.String(300))
    town: Mapped[str | None] = mapped_column(sa.String(120))
    state: Mapped[str | None] = mapped_column(sa.String(80))
    postcode: Mapped[str | None] = mapped_column(sa.String(20))
    country: Mapped[str | None] = mapped_column(sa.String(2))
    timezone: Mapped[str | None] = mapped_column(sa.String(64))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    website: Mapped[str | None] = mapped_column(sa.String(300))
    new_since: Mapped[date | None]
    next_due: Mapped[date | None]
    need_per_day: Mapped[float] = mapped_column(default=0.0)
    owed_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    later_on: Mapped[date | None]
    raised_on: Mapped[date | None]
    unasked: Mapped[bool] = mapped_column(default=True)
    spoken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    usual_minutes: Mapped[dict[str, list[int]]] = mapped_column(sa.JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    owner: Mapped[User] = relationship()
    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="client",
        primaryjoin="and_(Contact.client_id == Client.id, Contact.archived_at.is_(None))",
        order_by="Contact.position, Contact.id",
        cascade="all",
    )
    away: Mapped[list["Away"]] = relationship(order_by="Away.first_day", cascade="all")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it as a class value

    @property
    def contact(self) -> "Contact | None":
        """The contact to reach: the primary one, else the first; None without any."""
        return next((c for c in self.contacts if c.is_primary), next(iter(self.contacts), None))


class Contact(Base):
    """A contact person.

    `name` is without the form of address (`title`) and the letters after it (`suffix`). `phone`,
    in E.164, and `extension` are the one of `phones` to dial; `phone_given` and `phone_other` are
    input that could not be parsed.

    `talk_declined_on` is the day they last declined an offered conversation (R6). `archived_at` is
    set on a contact who left: history keeps them, and `Client.contacts` leaves them out.
    `number_wrong_since` is set while `phone` reaches somebody else.
    """

    __tablename__ = "contacts"
    __table_args__ = (sa.UniqueConstraint("client_id", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(sa.ForeignKey("clients.id", ondelete="CASCADE"))
    ref: Mapped[str] = mapped_column(sa.String(80), default=new_ref)
    name: Mapped[str] = mapped_column(sa.String(200))
    title: Mapped[str | None] = mapped_column(sa.String(60))
    suffix: Mapped[str | None] = mapped_column(sa.String(60))
    role: Mapped[str | None] = mapped_column(sa.String(120))
    phone: Mapped[str | None] = mapped_column(sa.String(20), index=True)
    extension: Mapped[str | None] = mapped_column(sa.String(20))
    phone_given: Mapped[str | None] = mapped_column(sa.String(60))
    phone_other: Mapped[str | None] = mapped_column(sa.String(20))
    email: Mapped[str | None] = mapped_column(sa.String(254), index=True)
    timezone: Mapped[str | None] = mapped_column(sa.String(64))
    is_primary: Mapped[bool] = mapped_column(default=False)
    difficult: Mapped[bool] = mapped_column(default=False)
    new_since: Mapped[date | None]
    talk_declined_on: Mapped[date | None]
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    number_wrong_since: Mapped[datetime | None] = mapped_column(UtcDateTime)

    client: Mapped[Client] = relationship(back_populates="contacts")
    preferences: Mapped[list["Preference"]] = relationship(
        back_populates="contact", order_by="Preference.id", cascade="all"
    )
    needs: Mapped[list["Need"]] = relationship(order_by="Need.id", cascade="all")
    phones: Mapped[list[Phone]] = relationship(
        order_by=(Phone.position, Phone.id), cascade="all, delete-orphan"
    )

    @property
    def first_name(self) -> str:
        """The first name, for buttons and questions."""
        return first_name(self.name) or self.name

    @property
    def full_name(self) -> str:
        """The name with form of address and the letters after it: "Dr. Anna Berg, CPA"."""
        return full_name(self.name, self.title, self.suffix)

    @property
    def numbers(self) -> list[PhoneNumber]:
        """Every number in its order; the one to dial is among them, whoever wrote it."""
        numbers = [phone.value for phone in self.phones]
        if self.phone and not any(self.dials(number) for number in numbers):
            numbers.insert(0, PhoneNumber(self.phone, None, self.extension))
        return numbers

    @property
    def right_numbers(self) -> list[PhoneNumber]:
        """Every number but one that reaches somebody else."""
        if self.number_wrong_since is None:
            return self.numbers
        return [number for number in self.numbers if number.number != self.phone]

    def dials(self, number: PhoneNumber) -> bool:
        """Whether this is the number to dial."""
        return (number.number, number.extension) == (self.phone, self.extension)

    @property
    def dial_phone(self) -> str | None:
        """The number to dial or to text; None while the known one is wrong."""
        return self.phone if self.number_wrong_since is None else None

    @property
    def preference(self) -> "Preference | None":
        """The current preference, or None."""
        return next((p for p in reversed(self.preferences) if p.is_current), None)

    @property
    def zone(self) -> ZoneInfo:
        """The contact's time zone, else the client's, else the owner's."""
        return ZoneInfo(self.timezone or self.client.timezone or self.client.owner.timezone)


class Need(Base):
    """A need, want or opinion that a contact stated (R24)."""

    __tablename__ = "needs"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[NeedKind] = mapped_column(
        choice(NeedKind), default=NeedKind.NEED, server_default=NeedKind.NEED.value
    )
    words: Mapped[str] = mapped_column(sa.Text)
    said_on: Mapped[date]


class Away(Base):
    """An away block of a client, both days included."""

    __tablename__ = "away"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(
        sa.ForeignKey("clients.id", ondelete="CASCADE"), index=True
    )
    first_day: Mapped[date]
    last_day: Mapped[date]


class WrongNumber(Base):
    """A number of a contact that reached somebody else, from `at` until `settled_at`.

    Kept for lists of the past; `Contact.number_wrong_since` says whether one is open now. `at` is
    the moment of the call that found it out.
    """

    __tablename__ = "wrong_numbers"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(
        sa.ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[str | None] = mapped_column(sa.String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
