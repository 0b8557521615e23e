"""Corrects the outcome of an interaction: a new row supersedes it, and its effects are undone."""

from datetime import datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Audit, Booking, Interaction, InteractionContact, Suggestion, User
from pwa.operations.calls import consequences
from pwa.operations.calls.consequences import NO_FOLLOW_UP
from pwa.operations.calls.record import COVERS, apply_effects
from pwa.operations.recoveries import recoveries
from pwa.rules.contact.contact_events import REACHED
from pwa.rules.vocabulary.enums import Outcome, RequestStatus, Settled, SuggestionKind
from pwa.rules.vocabulary.timezones import local_day

# Only a contact who was reached can have stated these.
STATED_BY_CONTACT = frozenset(
    {SuggestionKind.CADENCE, SuggestionKind.PREFERENCE, SuggestionKind.NEED, SuggestionKind.MOOD}
)


class NotLatest(Exception):
    """The interaction was superseded already; only the latest can be corrected."""


def recorded_as(client_id: int, key: str) -> Interaction | None:
    """What stands for the attempt with that idempotency key: its latest correction; or None."""
    of_client = sa.select(Interaction).where(Interaction.client_id == client_id)
    row = session.scalar(of_client.where(Interaction.ref == key))
    return latest(row) if row else None


def latest(row: Interaction) -> Interaction:
    """The correction that stands for an interaction, or itself. One query each, mostly none."""
    while row.superseded_at is not None:
        following = sa.select(Interaction).where(Interaction.supersedes_id == row.id)
        correction = session.scalar(following)
        if correction is None:
            break
        row = correction
    return row


def correct(row: Interaction, outcome: Outcome, user: User, now: datetime) -> Interaction:
    """Supersedes an interaction by a new row with another outcome. Raises NotLatest.

    Both rows stay. Effects of the first that the new outcome does not have are undone.
    """
    if row.superseded_at is not None:
        raise NotLatest
    row.superseded_at = now
    reached = outcome in REACHED
    _reopen(row, outcome)
    if outcome is not row.outcome:
        consequences.undo(row, now)
    correction = Interaction(
        client=row.client,
        contact=row.contact,
        user=row.user,
        kind=row.kind,
        direction=row.direction,
        outcome=outcome,
        at=row.at,
        received_at=now,
        minutes=row.minutes if reached else None,
        note=row.note,
        latitude=row.latitude,
        longitude=row.longitude,
        mood=row.mood if reached else None,
        supersedes_id=row.id,
        recap_of_id=row.recap_of_id,
        recovery_id=row.recovery_id if reached else None,
        asks_for_time=row.asks_for_time and outcome is Outcome.WRITTEN,
        covered=list(row.covered) if outcome in COVERS or row.recap_of_id else [],
    )
    if row.voice_note:
        row.voice_note.interaction = correction
    if row.lesson and reached:
        row.lesson.interaction = correction
    if reached:
        correction.also = [InteractionContact(contact=also.contact) for also in row.also]
    session.add(correction)
    session.flush()
    if outcome is not row.outcome:
        consequences.apply(correction, NO_FOLLOW_UP, now)
    apply_effects(correction, now)
    _reassign_suggestions(row, correction)
    recaps = sa.update(Interaction).where(Interaction.recap_of_id == row.id)
    session.execute(recaps.values(recap_of_id=correction.id))
    session.add(
        Audit(
            at=now,
            user_id=user.id,
            action="correct",
            subject="interaction",
            subject_id=correction.id,
            details={"from": row.outcome.value, "to": outcome.value},
        )
    )
    return correction


def _reopen(row: Interaction, outcome: Outcome) -> None:
    """Reopens what this interaction settled: requests, recoveries, bookings.

    Bookings are settled anew afterwards. Without contact no request can have been reviewed.
    """
    day = local_day(row.at, row.user.zone)
    for request in [] if outcome in COVERS else row.covered:
        if request.status is RequestStatus.DONE and request.closed_on == day:
            request.status, request.closed_on = RequestStatus.OPEN, None
    if outcome not in REACHED:
        recoveries.undo_review(row)
    session.execute(
        sa.update(Booking)
        .where(Booking.client_id == row.client.id, Booking.settled_at == row.at)
        .where(Booking.settled == Settled.HAPPENED)
        .values(settled_at=None, settled=None)
    )


def _reassign_suggestions(superseded: Interaction, correction: Interaction) -> None:
    """Moves the suggestions; unless a contact was reached, open ones on their words are deleted."""
    of_superseded = sa.update(Suggestion).where(Suggestion.interaction_id == superseded.id)
    session.execute(of_superseded.values(interaction_id=correction.id))
    if correction.outcome not in REACHED:
        impossible = sa.delete(Suggestion).where(Suggestion.interaction_id == correction.id)
        # Nor was a recovery talked about.
        impossible = impossible.where(
            Suggestion.kind.in_(STATED_BY_CONTACT) | Suggestion.recovery_id.is_not(None)
        )
        session.execute(impossible.where(Suggestion.answered_at.is_(None)))
