"""Contact preferences (R4): each answer is a new row, earlier ones are kept."""

from dataclasses import dataclass
from datetime import date, datetime, time

from pwa.db import session
from pwa.models import Contact, Need, Preference, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.preference_compliance import mark_again, valid_from
from pwa.operations.common.audit_log import audit_client
from pwa.rules.vocabulary.enums import Channel, NeedKind, Stage
from pwa.rules.vocabulary.phones import TextBy
from pwa.rules.vocabulary.timezones import local_day

# Worded by us, shown with the contact, in the brief and in the book. Stored untranslated,
# regardless of the language on screen.
NO_TALK = "no conversation for now"


@dataclass(frozen=True)
class StatedPreference:
    """A contact's answer. `days` are mon..sun; hours are in the contact's zone."""

    channel: Channel | None
    text_by: TextBy | None = None
    days: tuple[str, ...] = ()
    opens: time | None = None
    closes: time | None = None
    how_often: Stage | None = None
    about: str | None = None
    asked_on: date | None = None
    only_when_needed: bool = False
    compromise_words: str | None = None
    compromise_on: date | None = None
    compromise_channel: Channel | None = None


def record(
    contact: Contact, wishes: StatedPreference, timezone: str | None, by: User, now: datetime
) -> Preference:
    """Stores an answer as the current preference; compliance is recomputed since its day.

    A new time zone moves the hours, so compliance is then recomputed for all interactions.
    """
    moved = contact.timezone != timezone
    for earlier in contact.preferences:
        earlier.is_current = False
    session.flush()  # unique index on the current row: the old one is updated before the insert
    values = {**vars(wishes), "days": ",".join(wishes.days)}
    preference = Preference(**values, is_current=True, recorded_by_id=by.id, recorded_at=now)
    contact.preferences.append(preference)
    contact.timezone = timezone
    session.flush()
    mark_again(contact, None if moved else valid_from(preference, contact.client.owner.zone))
    refresh_due_dates([contact.client_id], now)
    return preference


def decline_conversation(contact: Contact, by: User, now: datetime) -> None:
    """Stores that the contact declined a conversation; the offer rests for a quarter (R6)."""
    today = local_day(now, contact.client.owner.zone)
    contact.talk_declined_on = today
    need = next((n for n in contact.needs if n.words == NO_TALK), None)
    if need is None:
        contact.needs.append(Need(kind=NeedKind.WANT, words=NO_TALK, said_on=today))
    else:
        need.said_on = today
    audit_client(contact.client, "talk declined", by, now, contact=contact.id)
