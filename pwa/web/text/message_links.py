"""mailto:, sms: and WhatsApp links with prefilled text."""

from urllib.parse import quote

from pwa.models import Contact
from pwa.operations.clients.phone_numbers import number_for_texts
from pwa.rules.vocabulary.phones import TextBy


def mail(contact: Contact, subject: str = "", words: str = "") -> str:
    """A mailto: link (RFC 6068); without a subject it opens an empty message."""
    link = f"mailto:{quote(contact.email or '', safe='@+.')}"
    return f"{link}?subject={quote(subject)}&body={body(words)}" if subject else link


def text(contact: Contact, words: str = "") -> str:
    """A link that opens a text to the contact, by SMS or by WhatsApp where they prefer it."""
    start = text_start(contact)
    return f"{start}{body(words)}" if words else start.partition("?")[0]


def text_start(contact: Contact) -> str:
    """The link of a text up to its words; Android and iPhone both read an SMS after "?&body="."""
    number = number_for_texts(contact) or ""
    if by_whatsapp(contact):
        return f"https://wa.me/{number.removeprefix('+')}?text="
    return f"sms:{number}?&body="


def by_whatsapp(contact: Contact) -> bool:
    """Whether texts reach the contact by WhatsApp."""
    return bool(contact.preference and contact.preference.text_by is TextBy.WHATSAPP)


def body(words: str) -> str:
    """`words` quoted for a link, with the line endings of mail (CRLF)."""
    return quote(words.replace("\r\n", "\n").replace("\n", "\r\n"))
