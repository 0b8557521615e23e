"""The clients of a manager for the phone without a network: whom to call there, no more."""

import json
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Contact, Phone
from pwa.rules.vocabulary.phones import PhoneNumber, dial_link

IndexedContact = tuple[int, str, list[str]]  # id, name, numbers


def read(within: sa.ColumnElement[bool]) -> bytes:
    """The clients that fulfil `within` by name, as JSON: [id, name, town, [contacts]].

    A contact is [id, name, [numbers]], the one to reach first. In two statements; the same clients
    give the same bytes, so that their hash says whether the phone's are still right.
    """
    more = _labelled(within)
    query = (
        sa.select(Client.id, Client.name, Client.town, Contact.id, Contact.name, *_NUMBERS)
        .outerjoin(Contact, sa.and_(Contact.client_id == Client.id, Contact.archived_at.is_(None)))
        .where(within)
        .order_by(
            Client.search_key,
            Client.id,
            Contact.is_primary.desc(),
            Contact.position,
            Contact.id,
        )
    )
    clients = [
        [*client, [_contact(row, more) for row in rows if row[3] is not None]]
        for client, rows in groupby(session.execute(query), key=itemgetter(0, 1, 2))
    ]
    return json.dumps({"clients": clients}, ensure_ascii=False, separators=(",", ":")).encode()


# A number that reaches somebody else is none to call.
_NUMBERS = (Contact.phone, Contact.extension, Contact.number_wrong_since)


def _labelled(within: sa.ColumnElement[bool]) -> dict[int, list[PhoneNumber]]:
    """The numbers that each contact has, in their order, by the contact's id."""
    query = (
        sa.select(Phone.contact_id, Phone.number, Phone.extension)
        .join(Contact, Contact.id == Phone.contact_id)
        .join(Client, Client.id == Contact.client_id)
        .where(within, Contact.archived_at.is_(None))
        .order_by(Phone.position, Phone.id)
    )
    numbers: dict[int, list[PhoneNumber]] = defaultdict(list)
    for contact_id, number, extension in session.execute(query):
        numbers[contact_id].append(PhoneNumber(number, None, extension))
    return numbers


def _contact(row: Any, more: dict[int, list[PhoneNumber]]) -> IndexedContact:
    """Each number once, the one to dial first, as a phone dials it: the extension after a comma."""
    contact_id, name, phone, extension, wrong_since = row[3:]
    dialled = [PhoneNumber(phone, None, extension)] if phone and wrong_since is None else []
    wrong = phone if wrong_since else None
    others = [each for each in more.get(contact_id, ()) if each.number != wrong]
    numbers = (dial_link(each.number, each.extension) for each in (*dialled, *others))
    return contact_id, name, list(dict.fromkeys(link.removeprefix("tel:") for link in numbers))
