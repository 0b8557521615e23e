"""Merges the person of a row into the contacts of its client, or adds a contact."""

from itertools import chain
from typing import Any

from pwa.intake import Row
from pwa.operations.clients.phone_numbers import MOST_NUMBERS
from pwa.operations.clients.search import fold
from pwa.operations.imports.matching import ImportedClient, ImportedContact
from pwa.operations.imports.messages import RowProblems
from pwa.rules.vocabulary.enums import Channel
from pwa.rules.vocabulary.person_names import PersonName, parse_name
from pwa.rules.vocabulary.phones import PhoneLabel, PhoneNumber

_LONGEST_NAME, _LONGEST_ROLE, _LONGEST_WRITTEN, _LONGEST_PART = 200, 120, 60, 60


def merge_contact(client: ImportedClient, row: Row, problems: RowProblems) -> bool:
    """Fill empty values of the matching contact, or add one. Returns whether anything changed.

    A row without a name, whose phone or e-mail is new, adds a contact named as the company.
    """
    contact = _matching_contact(client, row)
    if contact:
        return _fill(contact, client, row, problems)
    if not (row.contact_name or row.phone_given or row.email):
        return False
    position = max((known.position for known in client.contacts), default=-1) + 1
    contact = ImportedContact(_values(client, row), position, changed=True)
    _add_phones(contact, row)
    if row.channel:
        contact.channel, contact.channel_changed = Channel(row.channel), True
    client.contacts.append(contact)
    return True


def _values(client: ImportedClient, row: Row) -> dict[str, Any]:
    # The stored client may have another zone: then this is the zone of the contact only.
    zone = row.timezone if row.timezone != client.values["timezone"] else None
    name = _name(row)
    return {
        "name": (name.name or client.name)[:_LONGEST_NAME],
        "title": name.title,
        "suffix": name.suffix,
        "role": row.role and row.role[:_LONGEST_ROLE],
        "phone": None,
        "extension": None,
        "phone_given": _phone_as_written(row),
        "email": row.email,
        "timezone": zone,
        "number_wrong_since": None,
    }


def _name(row: Row) -> PersonName:
    """The parts of the person's name; an empty name for a row without one."""
    name = parse_name(row.contact_name or "", reorder=False)
    title, suffix = row.title or name.title, row.suffix or name.suffix
    return PersonName(name.name, title and title[:_LONGEST_PART], suffix and suffix[:_LONGEST_PART])


def _phone_as_written(row: Row) -> str | None:
    """The phone as written in the file, where it cannot be dialled."""
    if row.phone:
        return None
    return row.phone_given and row.phone_given[:_LONGEST_WRITTEN]


def _matching_contact(client: ImportedClient, row: Row) -> ImportedContact | None:
    """The contact with the row's e-mail, else with a phone and part of the name, else the name."""
    contacts = client.contacts
    by_email = (c for c in contacts if row.email and c.values["email"] == row.email)
    by_phone = (c for c in contacts if _same_phone(c, client, row))
    name = fold(_name(row).name or client.name)
    by_name = (c for c in contacts if fold(c.values["name"]) == name)
    return next(chain(by_email, by_phone, by_name), None)


def _same_phone(contact: ImportedContact, client: ImportedClient, row: Row) -> bool:
    """Whether a phone matches, and a part of the name: a whole office may share a number."""
    numbers = {phone.e164 for phone in row.phones}
    if numbers.isdisjoint(phone.number for phone in contact.phones):
        return False
    if row.email and contact.values["email"]:
        return False
    row_words = fold(_name(row).name).split()
    name_words = set(fold(contact.values["name"]).split())
    return not row_words or _is_nameless(contact, client) or not name_words.isdisjoint(row_words)


def _is_nameless(contact: ImportedContact, client: ImportedClient) -> bool:
    return fold(contact.values["name"]) == fold(client.name)


def _fill(
    contact: ImportedContact, client: ImportedClient, row: Row, problems: RowProblems
) -> bool:
    filled = _fill_name(contact, client, row, problems)
    for part in ("title", "suffix"):
        if not contact.values[part] and (text := getattr(_name(row), part)):
            contact.values[part] = text
            filled = True
    for field, value in (("role", row.role and row.role[:_LONGEST_ROLE]), ("email", row.email)):
        stored = contact.values[field]
        if value and not stored:
            contact.values[field] = value
            filled = True
        elif value and fold(value) != fold(stored):
            problems.add_kept(field, value, stored)
    filled |= _fill_phones(contact, row, problems)
    contact.changed = contact.changed or filled
    return _fill_channel(contact, row, problems) or filled


def _fill_name(
    contact: ImportedContact, client: ImportedClient, row: Row, problems: RowProblems
) -> bool:
    name, stored = _name(row).name, contact.values["name"]
    if not name or fold(name) == fold(stored):
        return False
    if _is_nameless(contact, client):
        contact.values["name"] = name[:_LONGEST_NAME]
        return True
    field = "full_name" if "full_name" in problems.headings else "last_name"
    problems.add_kept(field, name, stored)
    return False


def _fill_phones(contact: ImportedContact, row: Row, problems: RowProblems) -> bool:
    for phone in row.phones[max(MOST_NUMBERS - len(contact.phones), 0) :]:
        if phone.e164 not in {known.number for known in contact.phones}:
            problems.add_kept("phone", phone.e164, contact.values["phone"])
    filled = _add_phones(contact, row)
    if not contact.values["phone"] and not contact.values["phone_given"] and row.phone_given:
        contact.values["phone_given"] = row.phone_given[:_LONGEST_WRITTEN]
        filled = True
    return filled


def _add_phones(contact: ImportedContact, row: Row) -> bool:
    """Add the numbers that are new; the first is the one to dial where there was no right one."""
    before = len(contact.phones)
    for phone in row.phones:
        known = {listed.number for listed in contact.phones}
        if phone.e164 in known or len(known) >= MOST_NUMBERS:
            continue
        label = PhoneLabel(phone.label) if phone.label else None
        usual = PhoneLabel.OTHER if contact.phones else None
        contact.phones.append(PhoneNumber(phone.e164, label or usual, phone.extension))
    added = contact.phones[before:]
    contact.phones_changed |= bool(added)
    if added and contact.values["number_wrong_since"]:
        _dial(contact, added[0])
        contact.values["number_wrong_since"], contact.number_found = None, True
    elif added and not contact.values["phone"]:
        _dial(contact, contact.phones[0])
    return bool(added)


def _dial(contact: ImportedContact, phone: PhoneNumber) -> None:
    contact.values.update(phone=phone.number, extension=phone.extension)


def _fill_channel(contact: ImportedContact, row: Row, problems: RowProblems) -> bool:
    if not row.channel:
        return False
    if contact.channel is None:
        contact.channel, contact.channel_changed = Channel(row.channel), True
        return True
    if contact.channel != row.channel:
        problems.add_kept("channel", row.channel, str(contact.channel))
    return False
