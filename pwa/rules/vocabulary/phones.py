"""A contact's numbers, and how texts reach them."""

from enum import StrEnum
from typing import NamedTuple


class PhoneLabel(StrEnum):
    """Where a number rings."""

    MOBILE = "mobile"
    WORK = "work"
    HOME = "home"
    MAIN = "main"
    OTHER = "other"


class TextBy(StrEnum):
    """How a contact who prefers texts gets them."""

    SMS = "sms"
    WHATSAPP = "whatsapp"


class PhoneNumber(NamedTuple):
    """A number in E.164 with its extension; `label` None where nobody named it."""

    number: str
    label: PhoneLabel | None = None
    extension: str | None = None


def dial_link(number: str, extension: str | None = None) -> str:
    """A tel: link; a phone waits at the comma, then dials the extension."""
    return f"tel:{number},{extension}" if extension else f"tel:{number}"
