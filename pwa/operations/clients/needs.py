"""What contacts say they need, want or think of us (R24): kept with them, corrected, let go."""

from dataclasses import dataclass
from datetime import date, datetime

from pwa.db import session
from pwa.models import Audit, Contact, Need, User
from pwa.rules.vocabulary.enums import NeedKind


@dataclass(frozen=True)
class StatedNeed:
    """What they said, in their words."""

    kind: NeedKind
    words: str


def add(contact: Contact, told: StatedNeed, day: date) -> Need:
    """Keep what they said on that day."""
    need = Need(kind=told.kind, words=told.words, said_on=day)
    contact.needs.append(need)
    session.flush()
    return need


def correct(need: Need, told: StatedNeed, by: User, now: datetime) -> None:
    """Say it as they did; the day on which they said it stays."""
    _note(need, "correct", by, now, to=told.words)
    need.kind, need.words = told.kind, told.words


def remove(need: Need, by: User, now: datetime) -> None:
    """It is no longer true: out of the brief, and written down that it was there."""
    _note(need, "let go", by, now)
    session.delete(need)


def _note(need: Need, action: str, by: User, now: datetime, **more: str) -> None:
    details = {"contact": need.contact_id, "kind": need.kind.value, "words": need.words, **more}
    session.add(
        Audit(
            at=now,
            user_id=by.id,
            action=action,
            subject="need",
            subject_id=need.id,
            details=details,
        )
    )
