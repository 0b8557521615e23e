"""The conversation offered each quarter to who asked for writing, and declined (R6)."""

from datetime import datetime

from pwa.models import Contact, Need, User
from pwa.operations.common.audit_log import note_client
from pwa.rules.vocabulary.enums import NeedKind
from pwa.rules.vocabulary.timezones import local_day

# What they want, in our words: it stands with the contact, in the brief and in the book. Stored as
# it is, whatever language is spoken on screen.
NO_TALK = "no conversation for now"


def decline(contact: Contact, by: User, now: datetime) -> None:
    """Keep that they would rather not talk; the offer rests for a quarter."""
    today = local_day(now, contact.client.owner.zone)
    contact.talk_declined_on = today
    said = next((one for one in contact.needs if one.words == NO_TALK), None)
    if said is None:
        contact.needs.append(Need(kind=NeedKind.WANT, words=NO_TALK, said_on=today))
    else:
        said.said_on = today
    note_client(contact.client, "talk declined", by, now, contact=contact.id)
