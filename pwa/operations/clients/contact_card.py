"""The contact on a card that another app shared."""

from dataclasses import dataclass
from itertools import islice
from typing import IO, BinaryIO, cast

from pwa.intake import IntakeError, Row, open_list
from pwa.intake.values.phone import Phone
from pwa.models import Contact
from pwa.operations.clients.phone_numbers import set_numbers
from pwa.rules.vocabulary.person_names import parse_name
from pwa.rules.vocabulary.phones import PhoneLabel, PhoneNumber


@dataclass(frozen=True)
class ContactCard:
    """The first contact of a file: not stored, and of no client yet. `company` is as written."""

    contact: Contact
    company: str | None
    several: bool = False


def read_card(stream: IO[bytes], region: str) -> ContactCard | None:
    """The first contact in a vCard file, None where there is none.

    `region` is the country of phone numbers that name none.
    """
    try:
        rows = open_list(cast(BinaryIO, stream), filename="contact.vcf", region=region).rows()
        readable = list(islice((row for row, _problems in rows if row), 2))
    except IntakeError:
        return None
    return _card(readable[0], several=len(readable) > 1) if readable else None


def _card(row: Row, *, several: bool) -> ContactCard:
    name = parse_name(row.contact_name or row.company, reorder=False)
    contact = Contact(
        name=name.name[:200],
        title=(row.title or name.title or "")[:60] or None,
        suffix=(row.suffix or name.suffix or "")[:60] or None,
        role=row.role and row.role[:120],
        email=row.email,
    )
    set_numbers(contact, [_number(phone) for phone in row.phones])
    if not contact.phone and row.phone_given:
        contact.phone_given = row.phone_given[:60]
    return ContactCard(contact, row.company if row.contact_name else None, several)


def _number(phone: Phone) -> PhoneNumber:
    label = PhoneLabel(phone.label) if phone.label else None
    return PhoneNumber(phone.e164, label, phone.extension)
