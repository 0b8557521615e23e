"""The draft of a recap: the confirmed facts in words, ending on how it was settled (R3, R16)."""

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
    """A channel to write by: the kind of interaction, its label, and the link without the text."""

    kind: Kind
    words: str
    link: str


def draft(recap: RecapContent) -> str:
    """The text of the recap; days and times are in the contact's zone."""
    contact = recap.talk.contact
    there = contact.zone if contact else zone()
    parts = [
        _("Hello %(name)s,", name=contact.first_name) if contact else _("Hello,"),
        _("thank you for your time. So that we both have it, this is what we said."),
        _listed(_("Done:"), [request.title for request in recap.done]),
        _listed(_("Still open:"), [_open_until(request) for request in recap.still_open]),
        _listed(_("What I promised:"), [_promised(promise) for promise in recap.promises]),
        _("From now on we talk %(how)s.", how=label(recap.rhythm)) if recap.rhythm else "",
        _next_talk(recap.next_talk, there) if recap.next_talk else "",
        _prevented(recap),
        _("If you remember any of it differently, tell me and I put it right."),
        _settled(recap, _on(local_day(recap.talk.at, there))),
    ]
    return "\n\n".join(part for part in parts if part)


def subject(recap: RecapContent) -> str:
    """The subject of the e-mail."""
    contact = recap.talk.contact
    there = contact.zone if contact else zone()
    return _("What we said on %(day)s", day=_on(local_day(recap.talk.at, there)))


def ways(contact: Contact | None, heading: str) -> list[Way]:
    """The written channels that reach the contact, their preferred one first."""
    if contact is None:
        return []
    channels = []
    if contact.email:
        link = message_links.mail(contact, heading)
        channels.append(Way(Kind.EMAIL, _("E-mail %(name)s", name=contact.first_name), link))
    if contact.phone:
        name, link = contact.first_name, message_links.text_start(contact)
        whatsapp = message_links.by_whatsapp(contact)
        words = _("WhatsApp %(name)s", name=name) if whatsapp else _("Text %(name)s", name=name)
        channels.append(Way(Kind.TEXT, words, link))
    wanted = channel_of(contact)
    return sorted(channels, key=lambda way: wanted is None or way.kind.value != wanted.value)


def linked(way: Way, text: str) -> str:
    """The link that opens the user's mail or text program with `text` filled in."""
    return way.link + message_links.body(text)


def _listed(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([heading, *(f"- {line}" for line in lines)]) if lines else ""


def _open_until(request: ServiceRequest) -> str:
    if request.due is None:
        return request.title
    return _("%(what)s, by %(day)s", what=request.title, day=_on(request.due))


def _promised(promise: Promise) -> str:
    if promise.kept:
        return _("%(what)s (done)", what=promise.words)
    return _("%(what)s, by %(day)s", what=promise.words, day=_on(promise.falls_due))


def _next_talk(booking: Booking, there: ZoneInfo) -> str:
    at = booking.at.astimezone(there)
    return _(
        "We talk next on %(day)s at %(time)s.", day=_on(at), time=datetime_text.hour(at.time())
    )


def _prevented(recap: RecapContent) -> str:
    if recap.prevention is None:
        return ""
    day = _on(recap.prevention.falls_due)
    words = recap.prevention.words
    return _("So that it does not happen again: %(what)s, by %(day)s.", what=words, day=day)


def _settled(recap: RecapContent, day: str) -> str:
    how = {Kind.VISIT: _("in person"), Kind.VIDEO: _("by video")}
    where = how.get(recap.talk.kind, _("on the phone"))
    if recap.recovery is None:
        return _("We settled this %(where)s on %(day)s.", where=where, day=day)
    cause, made_good = recap.recovery.cause, recap.recovery.make_good
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
