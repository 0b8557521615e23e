"""The draft of a recap: what was confirmed, in words, ending on how it was settled (R3, R16)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from pwa.models import Booking, Contact, Promise, ServiceRequest
from pwa.operations.calls.recaps import RecapContent, channel_of
from pwa.operations.text import datetime_text
from pwa.rules.vocabulary.enums import Kind
from pwa.rules.vocabulary.timezones import local_day
from pwa.web.text import message_links
from pwa.web.text.datetime_filters import zone
from pwa.web.text.labels import label


class Way(NamedTuple):
    """One way to write: the kind of interaction it becomes, its words, and the link before the
    text of the letter."""

    kind: Kind
    words: str
    link: str


def draft(said: RecapContent) -> str:
    """The whole letter; the days and times are those of the contact's clock."""
    contact = said.talk.contact
    there = contact.zone if contact else zone()
    parts = [
        _("Hello %(name)s,", name=contact.first_name) if contact else _("Hello,"),
        _("thank you for your time. So that we both have it, this is what we said."),
        _listed(_("Done:"), [one.title for one in said.done]),
        _listed(_("Still open:"), [_open_until(one) for one in said.still_open]),
        _listed(_("What I promised:"), [_promised(one) for one in said.promises]),
        _("From now on we talk %(how)s.", how=label(said.rhythm)) if said.rhythm else "",
        _next_talk(said.next_talk, there) if said.next_talk else "",
        _prevented(said),
        _("If you remember any of it differently, tell me and I put it right."),
        _settled(said, _on(local_day(said.talk.at, there))),
    ]
    return "\n\n".join(part for part in parts if part)


def subject(said: RecapContent) -> str:
    """What stands above an e-mail."""
    contact = said.talk.contact
    there = contact.zone if contact else zone()
    return _("What we said on %(day)s", day=_on(local_day(said.talk.at, there)))


def ways(contact: Contact | None, heading: str) -> list[Way]:
    """How this person can be written to, their own channel first."""
    if contact is None:
        return []
    found = []
    if contact.email:
        link = message_links.mail(contact, heading)
        found.append(Way(Kind.EMAIL, _("E-mail %(name)s", name=contact.first_name), link))
    if contact.phone:
        link = f"{message_links.text(contact)}?&body="
        found.append(Way(Kind.TEXT, _("Text %(name)s", name=contact.first_name), link))
    wanted = channel_of(contact)
    return sorted(found, key=lambda way: wanted is None or way.kind.value != wanted.value)


def linked(way: Way, text: str) -> str:
    """The address that opens the letter, with its text in."""
    return way.link + message_links.body(text)


def _listed(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([heading, *(f"- {line}" for line in lines)]) if lines else ""


def _open_until(asked: ServiceRequest) -> str:
    if asked.due is None:
        return asked.title
    return _("%(what)s, by %(day)s", what=asked.title, day=_on(asked.due))


def _promised(promise: Promise) -> str:
    if promise.kept:
        return _("%(what)s (done)", what=promise.words)
    return _("%(what)s, by %(day)s", what=promise.words, day=_on(promise.falls_due))


def _next_talk(booking: Booking, there: ZoneInfo) -> str:
    at = booking.at.astimezone(there)
    return _(
        "We talk next on %(day)s at %(time)s.", day=_on(at), time=datetime_text.hour(at.time())
    )


def _prevented(said: RecapContent) -> str:
    if said.prevention is None:
        return ""
    day = _on(said.prevention.falls_due)
    words = said.prevention.words
    return _("So that it does not happen again: %(what)s, by %(day)s.", what=words, day=day)


def _settled(said: RecapContent, day: str) -> str:
    how = {Kind.VISIT: _("in person"), Kind.VIDEO: _("by video")}
    where = how.get(said.talk.kind, _("on the phone"))
    if said.recovery is None:
        return _("We settled this %(where)s on %(day)s.", where=where, day=day)
    cause, made_good = said.recovery.cause, said.recovery.make_good
    if made_good:
        return _(
            "We talked about “%(cause)s” %(where)s on %(day)s and settled it like this: %(what)s.",
            cause=cause,
            where=where,
            day=day,
            what=made_good.rstrip(" ."),
        )
    return _("We talked about “%(cause)s” %(where)s on %(day)s.", cause=cause, where=where, day=day)


def _on(value: date | datetime) -> str:
    weekday, month = datetime_text.weekday(value.weekday()), datetime_text.month(value.month)
    return f"{weekday} {value.day} {month}"
