"""Records the outcome of a call, a visit or a message, with its effects (R2, R22)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pwa.db import session
from pwa.models import (
    Client,
    Contact,
    Interaction,
    InteractionContact,
    ServiceRequest,
    User,
    VoiceNote,
)
from pwa.operations.calls import commitments, consequences
from pwa.operations.calls.commitments import NO_COMMITMENTS, Commitments
from pwa.operations.calls.consequences import NO_FOLLOW_UP, FollowUp
from pwa.operations.calls.history import open_requests
from pwa.operations.client_state.booking_settlement import settle_bookings
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.preference_compliance import mark
from pwa.operations.clients import needs
from pwa.operations.clients.needs import StatedNeed
from pwa.operations.recoveries import recoveries
from pwa.operations.recoveries.recoveries import NO_REVIEW, RecoveryReview
from pwa.rules.contact.contact_events import REACHED
from pwa.rules.vocabulary.enums import Direction, Kind, Mood, Outcome, RequestStatus
from pwa.rules.vocabulary.timezones import local_day

COVERS = REACHED | {Outcome.WRITTEN}


@dataclass(frozen=True)
class VoiceNoteFile:
    """A stored voice note file: name, content type, size in bytes and length in seconds."""

    name: str
    content_type: str
    size: int
    seconds: int | None


@dataclass(frozen=True)
class RequestReview:
    """An open request as reviewed in a call (R11): done, or open, perhaps with a new due day."""

    done: bool = False
    due: date | None = None


@dataclass(frozen=True)
class CallOutcome:
    """The outcome as the user reported it. `at` is the phone's time, `ref` the idempotency key.

    `gone_through` holds the reviewed requests by id (R11), `told` a need of the contact (R24),
    `agreed` the promises and the booking made (R17), `about` the recoveries and checks talked
    about (R16), `recap_of` the conversation this is the recap of (R3). `asks_for_time` marks a
    message that only asks when to talk. `position` is the check-in: latitude, longitude in degrees.
    `also` are the further contacts who took part, `follow_up` what was found out on the way.
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
    agreed: Commitments = NO_COMMITMENTS
    about: RecoveryReview = NO_REVIEW
    recap_of: Interaction | None = None
    asks_for_time: bool = False
    position: tuple[float, float] | None = None
    also: tuple[Contact, ...] = ()
    follow_up: FollowUp = NO_FOLLOW_UP


def record(
    client: Client, contact: Contact | None, user: User, call: CallOutcome, now: datetime
) -> Interaction:
    """Stores an attempt or a conversation and applies its effects (R2, R22).

    Call it in a transaction that has the client locked.
    """
    reached = call.outcome in REACHED
    row = Interaction(
        ref=call.ref,
        client=client,
        contact=contact,
        user=user,
        kind=call.kind,
        direction=call.direction,
        outcome=call.outcome,
        at=call.at,
        received_at=now,
        minutes=call.minutes if reached else None,
        note=call.note,
        mood=call.mood if reached else None,
        asks_for_time=call.asks_for_time,
    )
    if call.position:
        _store_position(row, call.position)
    if reached:
        row.also = [InteractionContact(contact=c) for c in call.also if c is not contact]
    if call.outcome in COVERS:
        row.covered = _review_requests(client, user, call)
    if reached:
        commitments.write(client, contact, user, call.at, call.kind, call.agreed, now)
        recoveries.apply_review(client, row, call.about, user, now)
    if call.recap_of:
        row.recap_of_id = call.recap_of.id
        row.covered = list(call.recap_of.covered)
    if call.spoken:
        row.voice_note = _voice_note(call.spoken, user, now)
    if reached and contact and call.told:
        needs.add(contact, call.told, local_day(call.at, contact.zone))
    session.add(row)
    session.flush()
    consequences.apply(row, call.follow_up, now)
    return apply_effects(row, now)


def _store_position(row: Interaction, position: tuple[float, float]) -> None:
    """Stores the check-in; the first one becomes the client's own position."""
    row.latitude, row.longitude = position
    if row.client.latitude is None or row.client.longitude is None:
        row.client.latitude, row.client.longitude = position


def _review_requests(client: Client, user: User, call: CallOutcome) -> list[ServiceRequest]:
    """Applies the reviews to the client's open requests; returns those reviewed."""
    reviewed = [request for request in open_requests(client.id) if request.id in call.gone_through]
    for request in reviewed:
        review = call.gone_through[request.id]
        if review.done:
            request.status = RequestStatus.DONE
            request.closed_on = local_day(call.at, user.zone)
        elif review.due:
            request.due = review.due
    return reviewed


def _voice_note(note: VoiceNoteFile, user: User, now: datetime) -> VoiceNote:
    return VoiceNote(
        user_id=user.id,
        name=note.name,
        content_type=note.content_type,
        size=note.size,
        seconds=note.seconds,
        received_at=now,
        try_after=now,
    )


def apply_effects(row: Interaction, now: datetime) -> Interaction:
    """Updates compliance, booking settlement and due dates after an interaction; returns it."""
    mark(row)
    session.flush()
    settle_bookings(row.client)
    refresh_due_dates([row.client.id], now)
    return row
