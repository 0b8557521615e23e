"""Writes down what became of a call or a visit, and corrects it (R2, R22)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from pwa.db import session
from pwa.models import (
    Audit,
    Booking,
    Client,
    Contact,
    Interaction,
    ServiceRequest,
    User,
    VoiceNote,
)
from pwa.operations.calls import commitments, reassign_suggestions
from pwa.operations.calls.commitments import NOTHING, Commitments
from pwa.operations.client_state.booking_settlement import settle_bookings
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.preference_compliance import mark
from pwa.operations.clients import needs
from pwa.operations.clients.needs import StatedNeed
from pwa.operations.recoveries import recoveries
from pwa.operations.recoveries.recoveries import NOTHING as NOT_ABOUT
from pwa.operations.recoveries.recoveries import RecoveryReview
from pwa.rules.contact.contact_events import REACHED
from pwa.rules.vocabulary.enums import Direction, Kind, Mood, Outcome, RequestStatus
from pwa.rules.vocabulary.timezones import local_day

COVERS = REACHED | {Outcome.WRITTEN}


class NotLatest(Exception):
    """The row was corrected already: only the latest may be."""


@dataclass(frozen=True)
class VoiceNoteFile:
    """A spoken note whose file is kept already: its name, type, size in bytes and length."""

    name: str
    content_type: str
    size: int
    seconds: int | None


@dataclass(frozen=True)
class RequestReview:
    """A request that was gone through (R11): done, or still open, perhaps with a new day."""

    done: bool = False
    due: date | None = None


@dataclass(frozen=True)
class CallOutcome:
    """What the person says happened. `at` is the phone's time, `ref` the key of the attempt.

    `told` is what they said they need, want or think of us (R24), `mood` how they were.
    `agreed` is what was promised and booked in it (R17), `about` what was said of things that went
    wrong (R16), `recap_of` the one it sums up (R3), `asks_for_time` that it only asks when to talk.
    `position` is where the person checked in, as latitude and longitude in degrees.
    """

    ref: str
    kind: Kind
    direction: Direction
    outcome: Outcome
    at: datetime
    minutes: int | None = None
    note: str | None = None
    gone_through: Mapping[int, RequestReview] = field(default_factory=dict)
    spoken: VoiceNoteFile | None = None
    mood: Mood | None = None
    told: StatedNeed | None = None
    agreed: Commitments = NOTHING
    about: RecoveryReview = NOT_ABOUT
    recap_of: Interaction | None = None
    asks_for_time: bool = False
    position: tuple[float, float] | None = None


def record(
    client: Client, contact: Contact | None, user: User, happened: CallOutcome, now: datetime
) -> Interaction:
    """Store an attempt or a conversation, with all that follows from it (R2, R22).

    Call it in a unit of work that holds the client.
    """
    live = happened.outcome in REACHED
    row = Interaction(
        ref=happened.ref,
        client=client,
        contact=contact,
        user=user,
        kind=happened.kind,
        direction=happened.direction,
        outcome=happened.outcome,
        at=happened.at,
        received_at=now,
        minutes=happened.minutes if live else None,
        note=happened.note,
        mood=happened.mood if live else None,
        asks_for_time=happened.asks_for_time,
    )
    if happened.position:
        _check_in(row, happened.position)
    if happened.outcome in COVERS:
        row.covered = _go_through(client, user, happened)
    if live:
        commitments.write(client, contact, user, happened.at, happened.kind, happened.agreed)
        recoveries.follow(client, row, happened.about, user, now)
    if happened.recap_of:
        row.recap_of_id = happened.recap_of.id
        row.covered = list(happened.recap_of.covered)
    if happened.spoken:
        row.voice_note = _spoken(happened.spoken, user, now)
    if live and contact and happened.told:
        needs.keep(contact, happened.told, local_day(happened.at, contact.zone))
    session.add(row)
    return _follow(row, now)


def _check_in(row: Interaction, position: tuple[float, float]) -> None:
    """Where it was; the first time also where the client is, for the map and the way there."""
    row.latitude, row.longitude = position
    if row.client.latitude is None or row.client.longitude is None:
        row.client.latitude, row.client.longitude = position


def correct(row: Interaction, outcome: Outcome, user: User, now: datetime) -> Interaction:
    """Put a new row in the place of a mis-tapped one; both stay. Raises NotLatest.

    What the first one settled is open again unless the new one settles it too.
    """
    if row.superseded_at is not None:
        raise NotLatest
    row.superseded_at = now
    live = outcome in REACHED
    _open_again(row, outcome)
    new = Interaction(
        client=row.client,
        contact=row.contact,
        user=row.user,
        kind=row.kind,
        direction=row.direction,
        outcome=outcome,
        at=row.at,
        received_at=now,
        minutes=row.minutes if live else None,
        note=row.note,
        latitude=row.latitude,
        longitude=row.longitude,
        mood=row.mood if live else None,
        supersedes_id=row.id,
        recap_of_id=row.recap_of_id,
        recovery_id=row.recovery_id if live else None,
        asks_for_time=row.asks_for_time and outcome is Outcome.WRITTEN,
        covered=list(row.covered) if outcome in COVERS or row.recap_of_id else [],
    )
    if row.voice_note:
        row.voice_note.interaction = new
    if row.lesson and live:
        row.lesson.interaction = new
    session.add(new)
    _follow(new, now)
    reassign_suggestions.move(row, new)
    sums_it_up = sa.update(Interaction).where(Interaction.recap_of_id == row.id)
    session.execute(sums_it_up.values(recap_of_id=new.id))
    session.add(
        Audit(
            at=now,
            user_id=user.id,
            action="correct",
            subject="interaction",
            subject_id=new.id,
            details={"from": row.outcome.value, "to": outcome.value},
        )
    )
    return new


def open_requests(client_id: int) -> list[ServiceRequest]:
    """What a client waits for, in the order in which it was asked."""
    query = sa.select(ServiceRequest).where(
        ServiceRequest.client_id == client_id, ServiceRequest.status != RequestStatus.DONE
    )
    return list(session.scalars(query.order_by(ServiceRequest.opened, ServiceRequest.id)))


def history(client_id: int, most: int = 30) -> list[Interaction]:
    """The latest attempts and conversations with a client, newest first, without corrected ones."""
    query = (
        sa.select(Interaction)
        .where(Interaction.client_id == client_id, Interaction.superseded_at.is_(None))
        .options(
            joinedload(Interaction.contact),
            joinedload(Interaction.user),
            joinedload(Interaction.voice_note).joinedload(VoiceNote.transcript),
            joinedload(Interaction.lesson),
            selectinload(Interaction.covered),
        )
        .order_by(Interaction.at.desc(), Interaction.id.desc())
        .limit(most)
    )
    return list(session.scalars(query))


def _go_through(client: Client, user: User, happened: CallOutcome) -> list[ServiceRequest]:
    """Open requests that were gone through, each as it stands now."""
    found = [one for one in open_requests(client.id) if one.id in happened.gone_through]
    for one in found:
        gone = happened.gone_through[one.id]
        if gone.done:
            one.status = RequestStatus.DONE
            one.closed_on = local_day(happened.at, user.zone)
        elif gone.due:
            one.due = gone.due
    return found


def _spoken(note: VoiceNoteFile, user: User, now: datetime) -> VoiceNote:
    return VoiceNote(
        user_id=user.id,
        name=note.name,
        content_type=note.content_type,
        size=note.size,
        seconds=note.seconds,
        received_at=now,
        try_after=now,
    )


def _follow(row: Interaction, now: datetime) -> Interaction:
    """What an interaction changes beside itself: contact, bookings, the client's next step."""
    mark(row)
    session.flush()
    settle_bookings(row.client)
    refresh_due_dates([row.client.id], now)
    return row


def _open_again(row: Interaction, outcome: Outcome) -> None:
    """What this conversation had settled; whoever else settles it is found anew afterwards.

    Nothing can have been gone through by who was not reached: what was done then is open again.
    """
    day = local_day(row.at, row.user.zone)
    for one in [] if outcome in COVERS else row.covered:
        if one.status is RequestStatus.DONE and one.closed_on == day:
            one.status, one.closed_on = RequestStatus.OPEN, None
    if outcome not in REACHED:
        recoveries.undo(row)
    session.execute(
        sa.update(Booking)
        .where(Booking.client_id == row.client.id, Booking.settled_at == row.at)
        .values(settled_at=None)
    )
