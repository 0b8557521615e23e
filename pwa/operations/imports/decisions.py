"""What is decided before a list is imported: whose clients they are, and where they are."""

from dataclasses import dataclass, field
from zoneinfo import available_timezones

import sqlalchemy as sa

from pwa.db import session
from pwa.intake import ClientList
from pwa.models import Role, User
from pwa.operations.accounts.users import fold_email
from pwa.operations.clients.search import fold


class Undecided(Exception):
    """The import cannot begin; `reason` is a word for it, `value` what was given."""

    def __init__(self, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value


@dataclass(slots=True)
class Owners:
    """The managers who can be given clients, by e-mail and by name."""

    by_id: dict[int, User]
    by_word: dict[str, User | None] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Owners":
        """Every manager who may sign in. A name that two of them share names nobody."""
        query = sa.select(User).where(User.role == Role.MANAGER, User.deactivated_at.is_(None))
        people = session.scalars(query.order_by(User.id)).all()
        found = cls({person.id: person for person in people})
        for person in people:
            name = fold(person.name)
            found.by_word[name] = None if name in found.by_word else person
        found.by_word |= {person.email: person for person in people}
        return found

    def named(self, words: str) -> User | None:
        """The manager of this e-mail address or full name."""
        return self.by_word.get(fold_email(words)) or self.by_word.get(fold(words))

    def name_of(self, owner_id: int) -> str:
        """What the person is called who looks after a client, deactivated or not."""
        owner = self.by_id.get(owner_id) or session.get_one(User, owner_id)
        return owner.name


@dataclass(frozen=True, slots=True)
class Decided:
    """`owner` looks after the clients of rows that name nobody; None leaves such rows out.

    `region` (AU) is the country and `timezone` (Australia/Sydney) the zone of rows that tell none;
    without a zone, the owner's holds.
    """

    owners: Owners
    owner: User | None
    region: str
    timezone: str | None


def decide(
    clients: ClientList,
    owner: str | int | None = None,
    timezone: str | None = None,
) -> Decided:
    """Settle it for this list. `owner` is an e-mail, a full name or a person's number.

    Without one it is the only manager there is. Raises Undecided.
    """
    owners = Owners.load()
    if not owners.by_id:
        raise Undecided("nobody")
    if timezone and timezone not in available_timezones():
        raise Undecided("timezone", timezone)
    return Decided(owners, _owner(clients, owners, owner), clients.region, timezone or None)


def _owner(clients: ClientList, owners: Owners, given: str | int | None) -> User | None:
    if given:
        found = owners.by_id.get(given) if isinstance(given, int) else owners.named(given)
        if found is None:
            raise Undecided("owner", str(given))
        return found
    if len(owners.by_id) == 1:
        return next(iter(owners.by_id.values()))
    if any(column.field == "owner" for column in clients.columns):
        return None
    raise Undecided("whose")


def usual_region(owner: str | int | None = None) -> str | None:
    """The phone region of the team whose clients these will be; None where nothing tells."""
    owners = Owners.load()
    if not owner and len(owners.by_id) == 1:
        owner = next(iter(owners.by_id))
    found = owners.by_id.get(owner) if isinstance(owner, int) else owners.named(owner or "")
    return (found.team.region or found.home_country) if found else None
