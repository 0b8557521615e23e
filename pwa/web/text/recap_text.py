"""The draft of a recap: the confirmed facts in words, ending on how it was settled (R3, R16)."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from pwa.models import Contact
from pwa.operations.calls.letters import writing_channel_of
from pwa.operations.calls.recaps import RecapContent
from pwa.rules.vocabulary.enums import Kind
from pwa.rules.vocabulary.timezones import local_day
from pwa.web.text import message_links
from pwa.web.text.datetime_filters import zone
from pwa.web.text.labels import label
from pwa.web.text.letters import items
from pwa.web.text.letters.letter import Correspondents, Item
from pwa.web.text.letters.recap_letter import RecapFacts, Wrong, recap_letter, recap_subject


class Way(NamedTuple):
    """A channel to write by: the kind of interaction, its label, and the link without the text."""

    kind: Kind
    words: str
    link: str


def draft(recap: RecapContent, writer: str) -> str:
    """The text of the recap; days and times are in the contact's zone."""
    contact = recap.talk.contact
    there = contact.zone if contact else zone()
    return recap_letter(
        RecapFacts(
            Correspondents(contact.name if contact else "", writer),
            recap.talk.kind,
            local_day(recap.talk.at, there),
            wrong=_wrong(recap, there),
            late=items.owed(recap.late),
            done=tuple(Item(request.title) for request in recap.done),
            still_open=items.requests(recap.still_open),
            promised=tuple(
                Item(p.words, p.falls_due, done=p.kept is not None) for p in recap.promises
            ),
            rhythm=label(recap.rhythm) if recap.rhythm else "",
            next_talk=items.booked(recap.next_talk, there),
        )
    )


def subject(recap: RecapContent) -> str:
    """The subject of the e-mail."""
    contact = recap.talk.contact
    return recap_subject(local_day(recap.talk.at, contact.zone if contact else zone()))


def ways(contact: Contact | None, heading: str) -> list[Way]:
    """The written channels that reach the contact, their preferred one first."""
    if contact is None:
        return []
    channels = []
    if contact.email:
        link = message_links.mail(contact, heading)
        channels.append(Way(Kind.EMAIL, _("E-mail %(name)s", name=contact.first_name), link))
    if contact.dial_phone:
        name, link = contact.first_name, message_links.text_start(contact)
        whatsapp = message_links.by_whatsapp(contact)
        words = _("WhatsApp %(name)s", name=name) if whatsapp else _("Text %(name)s", name=name)
        channels.append(Way(Kind.TEXT, words, link))
    wanted = writing_channel_of(contact)
    return sorted(channels, key=lambda way: wanted is None or way.kind.value != wanted.value)


def linked(way: Way, text: str) -> str:
    """The link that opens the user's mail or text program with `text` filled in."""
    return way.link + message_links.body(text)


def _wrong(recap: RecapContent, there: ZoneInfo) -> Wrong | None:
    recovery, promise = recap.recovery, recap.prevention
    if recovery is None:
        return None
    return Wrong(
        recovery.cause,
        recovery.make_good or "",
        know_by=recovery.know_by.astimezone(there) if recovery.know_by else None,
        prevention=Item(promise.words, promise.falls_due) if promise else None,
    )
