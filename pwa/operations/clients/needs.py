"""Stated needs of contacts (R24): add, correct, remove."""

from dataclasses import dataclass
from datetime import date, datetime

from pwa.db import session
from pwa.models import Audit, Contact, Need, User
from pwa.rules.vocabulary.enums import NeedKind


@dataclass(frozen=True)
class StatedNeed:
    """A need as the contact worded it."""

    kind: NeedKind
    words: str


def add(contact: Contact, stated: StatedNeed, day: date) -> Need:
    """Stores a need stated on `day`."""
    need = Need(kind=stated.kind, words=stated.words, said_on=day)
    contact.needs.append(need)
    session.flush()
    return need


def correct(need: Need, stated: StatedNeed, by: User, now: datetime) -> None:
    """Corrects kind and wording, audited; the day it was stated stays."""
    _note(need, "correct", by, now, to=stated.words)
    need.kind, need.words = stated.kind, stated.words


def remove(need: Need, by: User, now: datetime) -> None:
    """Deletes a need that no longer holds, audited."""
    _note(need, "let go", by, now)
    session.delete(need)


def _note(need: Need, action: str, by: User, now: datetime, **changes: str) -> None:
    details = {"contact": need.contact_id, "kind": need.kind.value, "words": need.words, **changes}
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
