"""Reminders ahead of booked times: written, moved and cancelled with the booking itself.

So that none depends on a sweep at the right minute. The sweep adds what the booking could not know:
a handover, a cover, a book that was loaded.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from pwa.db import insert, session
from pwa.models import Booking, Client, Notice, User
from pwa.operations.accounts import covers
from pwa.operations.client_state.map_place import MapPlace
from pwa.operations.day_list.itinerary import minutes_between
from pwa.operations.notices.planning.recipients import Recipients, everyone
from pwa.operations.notices.planning.rows import Row, in_lots, row
from pwa.rules.contact.contact_events import LIVE
from pwa.rules.notices import due
from pwa.rules.vocabulary.enums import ClientStatus, Kind
from pwa.rules.vocabulary.notice_kind import NoticeKind
from pwa.rules.vocabulary.timezones import local_day

DAY = timedelta(days=1)


class _Booked(NamedTuple):
    id: int
    at: datetime
    kind: Kind
    client_id: int
    owner_id: int
    latitude: float | None
    longitude: float | None

    @property
    def place(self) -> MapPlace:
        return MapPlace(self.latitude, self.longitude, "")


@dataclass(frozen=True, slots=True)
class _Visits:
    """The visits of some owners by time, from which the next one is driven to."""

    by_owner: Mapping[int, Sequence[_Booked]]

    def travel_to(self, booked: _Booked, recipients: Recipients) -> timedelta | None:
        """The time from the visit before on the owner's day; None where a place is unknown."""
        owner = recipients.get(booked.owner_id)
        if owner is None or booked.kind is not Kind.VISIT:
            return None
        zone = owner.settings.zone
        earlier = [
            visit
            for visit in self.by_owner.get(booked.owner_id, ())
            if visit.at < booked.at and local_day(visit.at, zone) == local_day(booked.at, zone)
        ]
        if not earlier or not (earlier[-1].place.is_known and booked.place.is_known):
            return None
        return timedelta(minutes=minutes_between(earlier[-1].place, booked.place))


def subject_of(booking_id: int, at: datetime) -> str:
    """The subject of a booking reminder; a booking moved to another time gets a new one."""
    return f"{booking_id}@{at:%Y%m%dT%H%M}"


def due_rows(recipients: Recipients, now: datetime) -> list[Row]:
    """The reminders that are due and of use at `now`: what no booking has written itself."""
    longest = max(
        (person.settings.call_lead for person in recipients.values()), default=timedelta()
    )
    near = sa.or_(
        Booking.at <= now + longest,
        sa.and_(Booking.kind == Kind.VISIT, Booking.at <= now + due.LONGEST_LEAD),
    )
    booked = _read(near, Booking.at > now - due.AFTER_A_BOOKING)
    if not booked:
        return []
    rows = _rows(booked, recipients, covers.stand_ins(now))
    return [planned for planned in rows if planned["due_at"] <= now < planned["expires_at"]]


def keep_in_step(booking: Booking, now: datetime) -> None:
    """Brings the reminders of a booking into step with it, in the caller's transaction.

    Call it after a booking was made, moved or cancelled. The owner's other visits of that day, and
    of the day from which it was moved, are looked at again: the way to them may have changed.
    """
    session.flush()
    owner_id = session.scalars(
        sa.select(Client.owner_id).where(Client.id == booking.client_id)
    ).one()
    mine = (Notice.client_id == booking.client_id, Notice.subject.like(f"{booking.id}@%"))
    for at in sorted({booking.at, *_forget(*mine)}):
        _write(owner_id, Booking.at.between(at - DAY, at + DAY), covers.stand_ins(at), now)


def keep_all_in_step(user: User, now: datetime) -> None:
    """Brings all reminders of a user into step with their settings, in the caller's transaction."""
    session.flush()
    put_off = Notice.subject.contains("+", autoescape=True)  # the person said when
    _forget(Notice.user_id == user.id, ~put_off)
    _write(user.id, Booking.at > now, {}, now)


def _forget(*conditions: sa.ColumnElement[bool]) -> list[datetime]:
    """Deletes waiting reminders; returns the times that they were about.

    One that is being sent is left, and skipped as out of date.
    """
    waiting = sa.delete(Notice).where(Notice.kind == NoticeKind.BOOKED, Notice.settled_at.is_(None))
    waiting = waiting.where(Notice.expanded_at.is_(None), Notice.claimed_until.is_(None))
    forgotten = session.scalars(
        waiting.where(*conditions).returning(Notice.expires_at),
        execution_options={"synchronize_session": False},
    )
    return [expires_at - due.AFTER_A_BOOKING for expires_at in forgotten]


def _write(
    owner_id: int,
    which: sa.ColumnElement[bool],
    stand_ins: Mapping[int, Collection[int]],
    now: datetime,
) -> None:
    recipients = everyone(User.id.in_({owner_id, *stand_ins.get(owner_id, ())}))
    booked = _read(which, Client.owner_id == owner_id, Booking.at > now - due.AFTER_A_BOOKING)
    rows = [
        planned for planned in _rows(booked, recipients, stand_ins) if planned["expires_at"] > now
    ]
    for some in in_lots(rows):
        planned = insert(Notice).values(some)
        session.execute(
            planned.on_conflict_do_update(
                index_elements=["user_id", "kind", "subject"],
                set_={name: planned.excluded[name] for name in ("due_at", "next_try_at")},
                where=sa.and_(Notice.settled_at.is_(None), Notice.expanded_at.is_(None)),
            )
        )


def _read(*conditions: sa.ColumnElement[bool]) -> list[_Booked]:
    """The open bookings of active clients, by time."""
    query = _columns().where(Booking.settled_at.is_(None), Booking.cancelled_at.is_(None))
    query = query.where(Booking.kind.in_(LIVE), Client.status == ClientStatus.ACTIVE, *conditions)
    return [_Booked(*values) for values in session.execute(query)]


def _visits(booked: Iterable[_Booked]) -> _Visits:
    """The visits around booked ones, with those that have taken place already."""
    visits = [visit for visit in booked if visit.kind is Kind.VISIT]
    by_owner: dict[int, list[_Booked]] = defaultdict(list)
    if visits:
        times = [visit.at for visit in visits]
        query = _columns().where(
            Booking.kind == Kind.VISIT,
            Booking.cancelled_at.is_(None),
            Booking.at.between(min(times) - DAY, max(times)),
            Client.owner_id.in_({visit.owner_id for visit in visits}),
        )
        for values in session.execute(query):
            visit = _Booked(*values)
            by_owner[visit.owner_id].append(visit)
    return _Visits(by_owner)


def _columns() -> sa.Select[*tuple[Any, ...]]:
    columns = (Booking.id, Booking.at, Booking.kind, Booking.client_id)
    query = sa.select(*columns, Client.owner_id, Client.latitude, Client.longitude)
    query = query.join(Client, Client.id == Booking.client_id)
    return query.order_by(Booking.at, Booking.id)


def _rows(
    booked: Sequence[_Booked], recipients: Recipients, stand_ins: Mapping[int, Collection[int]]
) -> Iterator[Row]:
    visits = _visits(booked)
    for entry in booked:
        travel = visits.travel_to(entry, recipients)
        for user_id in sorted({entry.owner_id, *stand_ins.get(entry.owner_id, ())}):
            person = recipients.get(user_id)
            if person is None or not person.settings.wants(NoticeKind.BOOKED):
                continue
            times = due.booked(entry.at, due.lead(entry.kind, person.settings, travel))
            subject = subject_of(entry.id, entry.at)
            yield row(user_id, NoticeKind.BOOKED, subject, *times, entry.client_id)
