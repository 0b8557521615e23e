"""The person that a row names: recognised among the contacts of the client, or added."""

from typing import Any

from pwa.intake import Row
from pwa.operations.clients.search import fold
from pwa.operations.imports.matching import ImportedClient, ImportedContact
from pwa.operations.imports.messages import RowProblems
from pwa.rules.vocabulary.enums import Channel

_NAME, _ROLE, _GIVEN = 200, 120, 60


def merge_contact(place: ImportedClient, row: Row, notes: RowProblems) -> bool:
    """Add the row's person, or what it knows of one who is there; whether anything came of it.

    A row without a name whose phone or e-mail is nobody's yet makes a contact named as the company.
    """
    person = _matching_contact(place, row)
    if person:
        return _fill(person, place, row, notes)
    if not (row.contact_name or row.phone_given or row.email):
        return False
    position = max((one.position for one in place.people), default=-1) + 1
    person = ImportedContact(_values(place, row), position, changed=True)
    if row.channel:
        person.channel, person.asks = Channel(row.channel), True
    place.people.append(person)
    return True


def _values(place: ImportedClient, row: Row) -> dict[str, Any]:
    # The client may have been in the book with another zone: then this is the contact's own.
    zone = row.timezone if row.timezone != place.values["timezone"] else None
    return {
        "name": (row.contact_name or place.name)[:_NAME],
        "role": row.role and row.role[:_ROLE],
        "phone": row.phone,
        "phone_given": _phone_as_written(row),
        "phone_other": row.phone_other,
        "email": row.email,
        "timezone": zone,
    }


def _phone_as_written(row: Row) -> str | None:
    """What stood in the file, where the number alone would lose something."""
    if row.phone and not row.phone_extension:
        return None
    return row.phone_given and row.phone_given[:_GIVEN]


def _matching_contact(place: ImportedClient, row: Row) -> ImportedContact | None:
    """By the e-mail, else by a phone and part of the name, else by the name."""
    by_email = (one for one in place.people if row.email and one.values["email"] == row.email)
    by_phone = (one for one in place.people if _same_phone(one, place, row))
    name = fold(row.contact_name or place.name)
    by_name = (one for one in place.people if fold(one.values["name"]) == name)
    for found in (by_email, by_phone, by_name):
        if person := next(found, None):
            return person
    return None


def _same_phone(person: ImportedContact, place: ImportedClient, row: Row) -> bool:
    """A number of a whole office is many people's: it counts with a name in common only."""
    numbers = {row.phone, row.phone_other} - {None}
    if numbers.isdisjoint((person.values["phone"], person.values["phone_other"])):
        return False
    if row.email and person.values["email"]:
        return False
    known, given = set(fold(person.values["name"]).split()), fold(row.contact_name or "").split()
    return not given or _is_nameless(person, place) or not known.isdisjoint(given)


def _is_nameless(person: ImportedContact, place: ImportedClient) -> bool:
    return fold(person.values["name"]) == fold(place.name)


def _fill(person: ImportedContact, place: ImportedClient, row: Row, notes: RowProblems) -> bool:
    filled = _fill_name(person, place, row, notes)
    for field, given in (("role", row.role and row.role[:_ROLE]), ("email", row.email)):
        kept = person.values[field]
        if given and not kept:
            person.values[field] = given
            filled = True
        elif given and fold(given) != fold(kept):
            notes.kept(field, given, kept)
    filled |= _fill_phones(person, row, notes)
    person.changed = person.changed or filled
    return _fill_channel(person, row, notes) or filled


def _fill_name(
    person: ImportedContact, place: ImportedClient, row: Row, notes: RowProblems
) -> bool:
    given, kept = row.contact_name, person.values["name"]
    if not given or fold(given) == fold(kept):
        return False
    if _is_nameless(person, place):
        person.values["name"] = given[:_NAME]
        return True
    notes.kept("full_name" if "full_name" in notes.headings else "last_name", given, kept)
    return False


def _fill_phones(person: ImportedContact, row: Row, notes: RowProblems) -> bool:
    filled = False
    for number in (row.phone, row.phone_other):
        known = (person.values["phone"], person.values["phone_other"])
        if not number or number in known:
            continue
        if all(known):
            notes.kept("phone", number, known[0])
        else:
            person.values["phone_other" if known[0] else "phone"] = number
            filled = True
    if not person.values["phone"] and not person.values["phone_given"] and row.phone_given:
        person.values["phone_given"] = row.phone_given[:_GIVEN]
        filled = True
    return filled


def _fill_channel(person: ImportedContact, row: Row, notes: RowProblems) -> bool:
    if not row.channel:
        return False
    if person.channel is None:
        person.channel, person.asks = Channel(row.channel), True
        return True
    if person.channel != row.channel:
        notes.kept("channel", row.channel, str(person.channel))
    return False
