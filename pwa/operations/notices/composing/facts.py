"""What a batch of notices is about, as it stands now: read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Audit, Booking, Client, Contact, Interaction, Promise, Recovery, User
from pwa.operations.accounts import covers
from pwa.operations.notices.composing.due_notice import DueNotice
from pwa.operations.notices.composing.merged import About, abouts
from pwa.operations.notices.planning.recoveries import ESCALATED, OpenDeadline, open_deadlines
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.rules.vocabulary.notice_kind import NoticeKind


@dataclass(frozen=True, slots=True)
class Skip:
    """The notice is not sent; `why` is a sentence for its user."""

    why: str


@dataclass(frozen=True, slots=True)
class Wait:
    """The notice is not sent before `until`; `why` is a sentence for its user."""

    until: datetime
    why: str


NOT_ACTIVE = "This client is not active now."
SOMEONE_ELSE = "Someone else looks after this client now."


@dataclass(frozen=True, slots=True)
class Facts:
    """Bookings, promises and recoveries by id, each with its client and its contact's name.

    `stand_ins` are the ids of the stand-ins by absent user, `main_contacts` names by client,
    `logged` the keys of calls that were logged. `deadlines` are those of open recoveries; `abouts`
    by notice what it is about, and what was merged into it. `missed` are deadlines that passed, by
    recovery, for outcomes.
    """

    now: datetime
    bookings: Mapping[int, Any]
    promises: Mapping[int, Any]
    recoveries: Mapping[int, Any]
    clients: Mapping[int, str]
    main_contacts: Mapping[int, str]
    stand_ins: Mapping[int, Collection[int]]
    deadlines: Sequence[OpenDeadline]
    logged: Collection[str]
    abouts: Mapping[int, Sequence[About]]
    missed: Mapping[int, datetime]

    def looks_after(self, owner_id: int, user: User) -> bool:
        """Whether the user is the owner of a client, or covers for them."""
        return owner_id == user.id or user.id in self.stand_ins.get(owner_id, ())

    def subjects(self, notice: DueNotice) -> list[str]:
        """The subjects of a notice and of those merged into it, each once."""
        return [about.subject for about in self.abouts[notice.id]]

    def contact(self, fact: Any) -> str:
        """The name of the contact concerned, else of the client's main one; empty without any."""
        return fact.contact_name or self.main_contacts.get(fact.client_id, "")


def read(notices: Sequence[DueNotice], now: datetime) -> Facts:
    """The facts of a batch at `now`."""
    known = abouts(notices)
    subjects: dict[NoticeKind, set[str]] = defaultdict(set)
    for notice in notices:
        subjects[notice.kind].update(about.subject for about in known[notice.id])
    kinds = NoticeKind
    bookings = _by_id(_bookings(), Booking.id, _numbers(subjects[kinds.BOOKED]))
    promised = subjects[kinds.PROMISE] | subjects[kinds.PROMISE_TODAY]
    promises = _by_id(_promises(), Promise.id, _numbers(promised))
    wrong = subjects[kinds.RECOVERY] | subjects[kinds.ESCALATION] | subjects[kinds.OUTCOME]
    stand_ins = covers.stand_ins(now) if notices else {}
    managers = [notice.user_id for notice in notices if notice.kind is kinds.RECOVERY]
    deadlines = _deadlines(managers, stand_ins, now)
    numbers = _numbers(wrong) | {recovery.id for recovery in deadlines}
    recoveries = _by_id(_recoveries(), Recovery.id, numbers)
    facts = [*bookings.values(), *promises.values(), *recoveries.values()]
    calls = [about for row in notices if row.kind is kinds.UNLOGGED for about in known[row.id]]
    return Facts(
        now,
        bookings,
        promises,
        recoveries,
        _clients(calls),
        _main_contacts({fact.client_id for fact in facts if not fact.contact_name}),
        stand_ins,
        deadlines,
        _logged(calls),
        known,
        _missed(recoveries, _numbers(subjects[kinds.OUTCOME])),
    )


def number_in(subject: str) -> int:
    """The id in a subject such as 7, 7@2026-11-20 or missed:7. Raises ValueError for any other."""
    return int(subject.rpartition(":")[2].partition("@")[0])


def _numbers(subjects: Iterable[str]) -> set[int]:
    numbers = set()
    for subject in subjects:
        try:
            numbers.add(number_in(subject))
        except ValueError:  # it is said alone, and fails alone
            continue
    return numbers


def _by_id(query: Any, column: Any, numbers: set[int]) -> dict[int, Any]:
    if not numbers:
        return {}
    return {row.id: row for row in session.execute(query.where(column.in_(numbers)))}


def _bookings() -> Any:
    columns = (Booking.id, Booking.at, Booking.kind, Booking.cancelled_at, Booking.settled_at)
    return _with_client(sa.select(*columns, Booking.client_id), Booking)


def _promises() -> Any:
    columns = (Promise.id, Promise.kept, Promise.falls_due, Promise.owner_id.label("responsible"))
    return _with_client(sa.select(*columns, Promise.client_id), Promise)


def _recoveries() -> Any:
    columns = (Recovery.id, Recovery.closed, Recovery.live, Recovery.escalated_at)
    query = _with_client(sa.select(*columns, Recovery.client_id), Recovery)
    return query.join(User, User.id == Client.owner_id).add_columns(User.name.label("manager"))


def _with_client(query: Any, table: Any) -> Any:
    query = query.join(Client, Client.id == table.client_id)
    query = query.outerjoin(Contact, Contact.id == table.contact_id)
    return query.add_columns(
        Client.name.label("company"),
        Client.status,
        Client.owner_id,
        Contact.name.label("contact_name"),
    )


def _clients(calls: Sequence[About]) -> dict[int, str]:
    ids = {about.client_id for about in calls if about.client_id}
    if not ids:
        return {}
    query = sa.select(Client.id, Client.name).where(Client.id.in_(ids))
    active = query.where(Client.status == ClientStatus.ACTIVE)
    return {row.id: row.name for row in session.execute(active)}


def _main_contacts(client_ids: set[int]) -> dict[int, str]:
    """The contact to reach at each client: the primary one, else the first."""
    if not client_ids:
        return {}
    query = sa.select(Contact.client_id, Contact.name).where(Contact.client_id.in_(client_ids))
    query = query.where(Contact.archived_at.is_(None))
    ordered = query.order_by(Contact.is_primary, Contact.position.desc(), Contact.id.desc())
    return {row.client_id: row.name for row in session.execute(ordered)}


def _deadlines(
    user_ids: Sequence[int], stand_ins: Mapping[int, Collection[int]], now: datetime
) -> list[OpenDeadline]:
    """The open recoveries that these users look after, the nearest deadline first."""
    users = set(user_ids)
    if not users:
        return []
    owners = users | {absent for absent, ids in stand_ins.items() if users & set(ids)}
    return sorted(open_deadlines(now, owners), key=lambda recovery: recovery.deadline)


def _missed(recoveries: Mapping[int, Any], numbers: set[int]) -> dict[int, datetime]:
    """The deadlines as they were when they were escalated: maybe long after, after an outage."""
    client_ids = {recoveries[number].client_id for number in numbers if number in recoveries}
    if not client_ids:
        return {}
    about = (Audit.subject == "client", Audit.subject_id.in_(client_ids))
    query = sa.select(Audit.details).where(Audit.action == ESCALATED, *about)
    rows = list(session.scalars(query.order_by(Audit.id)))
    return {row["recovery"]: datetime.fromisoformat(row["deadline"]) for row in rows}


def _logged(calls: Sequence[About]) -> set[str]:
    ids = {about.client_id for about in calls if about.client_id}
    if not ids:
        return set()
    keys = {about.subject for about in calls}
    query = sa.select(Interaction.ref).where(Interaction.client_id.in_(ids))
    return set(session.scalars(query.where(Interaction.ref.in_(keys))))
