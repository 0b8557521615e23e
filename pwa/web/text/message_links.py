"""The addresses that open somebody's mail or text program, perhaps with words in it."""

from urllib.parse import quote

from pwa.models import Contact


def mail(contact: Contact, subject: str = "", words: str = "") -> str:
    """A mailto: address (RFC 6068); without a subject it opens an empty letter."""
    link = f"mailto:{quote(contact.email or '', safe='@+.')}"
    return f"{link}?subject={quote(subject)}&body={body(words)}" if subject else link


def text(contact: Contact, words: str = "") -> str:
    """An sms: address; both Android and iPhone read the words after "?&body="."""
    link = f"sms:{contact.phone}"
    return f"{link}?&body={body(words)}" if words else link


def body(words: str) -> str:
    """Words in an address, each line ending as letters want it."""
    return quote(words.replace("\r\n", "\n").replace("\n", "\r\n"))
