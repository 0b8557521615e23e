"""mailto: and sms: links with prefilled text."""

from urllib.parse import quote

from pwa.models import Contact


def mail(contact: Contact, subject: str = "", words: str = "") -> str:
    """A mailto: link (RFC 6068); without a subject it opens an empty message."""
    link = f"mailto:{quote(contact.email or '', safe='@+.')}"
    return f"{link}?subject={quote(subject)}&body={body(words)}" if subject else link


def text(contact: Contact, words: str = "") -> str:
    """An sms: link; both Android and iPhone read the words after "?&body="."""
    link = f"sms:{contact.dial_phone}"
    return f"{link}?&body={body(words)}" if words else link


def body(words: str) -> str:
    """`words` quoted for a link, with the line endings of mail (CRLF)."""
    return quote(words.replace("\r\n", "\n").replace("\n", "\r\n"))
