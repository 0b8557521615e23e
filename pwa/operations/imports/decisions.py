"""Decisions before an import: the owner of the clients, their region and time zone."""

from dataclasses import dataclass
from zoneinfo import available_timezones

import sqlalchemy as sa

from pwa.db import session
from pwa.intake import ClientList
from pwa.models import Role, User
from pwa.operations.accounts.users import fold_email
from pwa.operations.clients.search import fold


class UndecidedImport(Exception):
    """The import cannot begin. `reason` is a code for the cause, `value` the rejected input."""

    def __init__(self, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value


@dataclass(slots=True)
class Owners:
    """The managers to whom clients can be assigned, by id, e-mail and name."""

    by_id: dict[int, User]
    by_name_or_email: dict[str, User | None]

    @classmethod
    def load(cls) -> "Owners":
        """Load every active manager. A name that two of them share finds neither."""
        query = sa.select(User).where(User.role == Role.MANAGER, User.deactivated_at.is_(None))
        managers = session.scalars(query.order_by(User.id)).all()
        by_name_or_email: dict[str, User | None] = {}
        for manager in managers:
            name = fold(manager.name)
            by_name_or_email[name] = None if name in by_name_or_email else manager
        by_name_or_email |= {manager.email: manager for manager in managers}
        return cls({manager.id: manager for manager in managers}, by_name_or_email)

    def find(self, name_or_email: str) -> User | None:
        """The manager with this e-mail address or full name."""
        managers = self.by_name_or_email
        return managers.get(fold_email(name_or_email)) or managers.get(fold(name_or_email))

    def name_of(self, owner_id: int) -> str:
        """The name of an owner, active or not."""
        owner = self.by_id.get(owner_id) or session.get_one(User, owner_id)
        return owner.name


@dataclass(frozen=True, slots=True)
class ImportDecisions:
    """Defaults for rows that leave a value out.

    `owner` gets the clients of rows without an owner; None skips such rows. `region` (AU) is the
    default country, `timezone` (Australia/Sydney) the default zone; None means the owner's zone.
    """

    owners: Owners
    owner: User | None
    region: str
    timezone: str | None


def decide(
    client_list: ClientList,
    owner: str | int | None = None,
    timezone: str | None = None,
) -> ImportDecisions:
    """Decisions for this list. `owner` is an e-mail address, a full name or a user id.

    Without `owner` it is the only manager there is. Raises UndecidedImport.
    """
    owners = Owners.load()
    if not owners.by_id:
        raise UndecidedImport("nobody")
    if timezone and timezone not in available_timezones():
        raise UndecidedImport("timezone", timezone)
    return ImportDecisions(
        owners, _default_owner(client_list, owners, owner), client_list.region, timezone or None
    )


def _default_owner(client_list: ClientList, owners: Owners, owner: str | int | None) -> User | None:
    if owner:
        manager = owners.by_id.get(owner) if isinstance(owner, int) else owners.find(owner)
        if manager is None:
            raise UndecidedImport("owner", str(owner))
        return manager
    if len(owners.by_id) == 1:
        return next(iter(owners.by_id.values()))
    if any(column.field == "owner" for column in client_list.columns):
        return None
    raise UndecidedImport("whose")


def default_region(owner: str | int | None = None) -> str | None:
    """The phone region of the owner's team or country; None without a known owner.

    Without `owner` it is the only manager there is.
    """
    owners = Owners.load()
    if not owner and len(owners.by_id) == 1:
        owner = next(iter(owners.by_id))
    manager = owners.by_id.get(owner) if isinstance(owner, int) else owners.find(owner or "")
    return (manager.team.region or manager.home_country) if manager else None
