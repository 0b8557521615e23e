"""The clients of a manager for the phone without a network: whom to call there, no more."""

import json
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Contact

IndexedContact = tuple[int, str, list[str]]  # id, name, numbers


def read(within: sa.ColumnElement[bool]) -> bytes:
    """The clients that fulfil `within` by name, as JSON: [id, name, town, [contacts]].

    A contact is [id, name, [numbers]], the one to reach first. In one statement; the same clients
    give the same bytes, so that their hash says whether the phone's are still right.
    """
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
        [*client, [_contact(row) for row in rows if row[3] is not None]]
        for client, rows in groupby(session.execute(query), key=itemgetter(0, 1, 2))
    ]
    return json.dumps({"clients": clients}, ensure_ascii=False, separators=(",", ":")).encode()


# A number that reaches somebody else is none to call.
_NUMBERS = (
    sa.case((Contact.number_wrong_since.is_(None), Contact.phone)),
    Contact.phone_other,
)


def _contact(row: Any) -> IndexedContact:
    return row[3], row[4], _numbers(row[5:])


def _numbers(columns: Any) -> list[str]:
    """The numbers of a contact, each once, the one to dial first."""
    return list(dict.fromkeys(number for number in columns if number))
