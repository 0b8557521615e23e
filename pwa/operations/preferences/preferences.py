"""How a contact likes to hear from us (R4): each answer is a new row, earlier ones are kept."""

from dataclasses import dataclass
from datetime import date, datetime, time

from pwa.db import session
from pwa.models import Contact, Need, Preference, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.client_state.preference_compliance import mark_again, valid_from
from pwa.operations.common.audit_log import audit_client
from pwa.rules.vocabulary.enums import Channel, NeedKind, Stage
from pwa.rules.vocabulary.timezones import local_day

# What they want, in our words: it stands with the contact, in the brief and in the book. Stored as
# it is, whatever language is spoken on screen.
NO_TALK = "no conversation for now"


@dataclass(frozen=True)
class StatedPreference:
    """One answer of a contact. `days` are mon..sun; hours are in the contact's zone."""

    channel: Channel | None
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
    """Keep what they said as how it stands from now on; what was done since then is judged by it.

    Another zone moves their hours, so that everything is judged anew.
    """
    moved = contact.timezone != timezone
    for earlier in contact.preferences:
        earlier.is_current = False
    session.flush()  # one current answer each: the old one steps back before the new one comes
    values = {**vars(wishes), "days": ",".join(wishes.days)}
    said = Preference(**values, is_current=True, recorded_by_id=by.id, recorded_at=now)
    contact.preferences.append(said)
    contact.timezone = timezone
    session.flush()
    mark_again(contact, None if moved else valid_from(said, contact.client.owner.zone))
    refresh_due_dates([contact.client_id], now)
    return said


def decline_conversation(contact: Contact, by: User, now: datetime) -> None:
    """Keep that they would rather not talk; the offer rests for a quarter."""
    today = local_day(now, contact.client.owner.zone)
    contact.talk_declined_on = today
    said = next((one for one in contact.needs if one.words == NO_TALK), None)
    if said is None:
        contact.needs.append(Need(kind=NeedKind.WANT, words=NO_TALK, said_on=today))
    else:
        said.said_on = today
    audit_client(contact.client, "talk declined", by, now, contact=contact.id)
