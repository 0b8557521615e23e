"""Search and match keys of clients: normalized text, and the conditions of a search."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

_NOT_WORDS = re.compile(r"[^\w@.+-]+")
_QUOTES = re.compile("['’`´]")
_PHONE_LIKE = re.compile(r"[\d\s+()./-]*\d[\d\s+()./-]*")
_SINGLE = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})


class SearchableContact(NamedTuple):
    """The searchable fields of a contact."""

    name: str
    email: str | None = None
    phones: tuple[str | None, ...] = ()


def fold(text: str) -> str:
    """Normalizes: lower case, no accents, single spaces; letters of every script stay."""
    plain = unicodedata.normalize("NFKD", _QUOTES.sub("", text.casefold()).translate(_SINGLE))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_WORDS.sub(" ", kept).strip()


def search_key(name: str, town: str | None, contacts: Iterable[SearchableContact]) -> str:
    """The value of `clients.search_key`: the name first, so that it sorts by name.

    One line for each: name, town, then name, e-mail and the digits of the phones of each contact.
    """
    lines = [fold(name), fold(town or "")]
    for contact in contacts:
        digits = (re.sub(r"\D", "", phone) for phone in contact.phones if phone)
        lines += [fold(contact.name), (contact.email or "").casefold(), *digits]
    return "\n".join(lines[:2] + [line for line in lines[2:] if line])


def search_conditions(key: Any, typed: str) -> list[sa.ColumnElement[bool]]:
    """Conditions on `key` for a search text: contains every word, or a phone number's digits."""
    if _PHONE_LIKE.fullmatch(typed.strip()):
        words = [re.sub(r"\D", "", typed).lstrip("0") or "0"]
    else:
        words = fold(typed).split()
    if typed.strip() and not words:
        return [sa.false()]
    return [key.contains(word, autoescape=True) for word in words]


def match_key(name: str, town: str | None) -> str:
    """The key by which an imported client is matched: name and town, normalized."""
    return f"{fold(name)[:199]}|{fold(town or '')[:120]}"
