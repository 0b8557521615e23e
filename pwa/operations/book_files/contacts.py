"""The contacts of a client: how they are reached, how they like it, what they said they need."""

from typing import Any

from pwa.db import session
from pwa.models import Contact, Need, Preference
from pwa.operations.book_files import sections
from pwa.operations.book_files.client_writer import ClientWriter
from pwa.operations.book_files.fields import assign_columns, check_object, list_entries
from pwa.operations.book_files.matching import insert_or_update, match_by_key
from pwa.operations.book_files.problems import BadBook
from pwa.operations.book_files.values import invalid_value
from pwa.operations.clients.phone_numbers import NotAPhone, e164

_LONGEST_PHONE = {"phone": 60, "phone_other": 20}


def load_contacts(hand: ClientWriter) -> None:
    """Write the contacts themselves; they need a flush before anything can name them."""
    given_order = hand.merge(sections.CONTACTS, Contact)
    for index, (contact, given, place) in enumerate(given_order):
        hand.note(
            assign_columns(
                contact, {"position": index, **_phone_columns(given, place, hand.region)}
            )
        )
    everybody = hand.rows[Contact]
    hand.contacts = sorted(everybody, key=lambda one: (one.position, one.id or 1 << 62))


def register_contact_refs(hand: ClientWriter) -> None:
    """After the flush: refs stand for ids from here on."""
    for contact in hand.contacts:
        hand.names.contacts[contact.ref] = contact.id
        hand.names.contact_of[contact.id] = contact.ref


def load_needs_and_preferences(hand: ClientWriter) -> None:
    """Preferences and needs of each contact that the book names."""
    by_ref = {contact.ref: contact for contact in hand.contacts}
    hand.rows[Preference] = []
    for place, given in hand.entries("contacts"):
        contact = by_ref[str(given["ref"])]
        _load_needs(hand, contact, given, place)
        _load_preferences(hand, contact, given, place)
    named = {str(given["ref"]) for _, given in hand.entries("contacts")}
    for contact in hand.contacts:
        if contact.ref not in named:
            hand.rows[Preference] += hand.existing.of(Preference, contact.id)


def _phone_columns(given: dict[str, Any], place: str, region: str) -> dict[str, Any]:
    """The columns of the numbers that the entry names, and the way the first was written."""
    columns: dict[str, Any] = {}
    for name, longest in _LONGEST_PHONE.items():
        if name not in given:
            continue
        written = given[name]
        if written is not None and not isinstance(written, (str, int)):
            raise invalid_value(f"{place}.{name}", written, "not text")
        written = str(written or "").strip() or None
        number = _e164_or_none(written, region) if written else None
        if written and not number and len(written) > longest:
            raise BadBook(f"{place}.{name}: is longer than {longest} characters")
        if name == "phone":
            columns["phone_given"] = written if written != number else None
            columns["phone"] = number
        else:
            columns[name] = number or written
    return columns


def _e164_or_none(written: str, region: str) -> str | None:
    try:
        return e164(written, region)
    except NotAPhone:
        return None


def _load_needs(hand: ClientWriter, contact: Contact, given: dict[str, Any], place: str) -> None:
    """Needs are known by their words; what the book leaves out stays."""
    entries = [
        (where, {"words": need} if isinstance(need, str) else need)
        for where, need in list_entries(given, "needs", place)
    ]
    stored = hand.existing.of(Need, contact.id)
    for row, columns, _ in match_by_key(
        sections.NEEDS, entries, stored, ("words",), hand.names, hand.warnings
    ):
        hand.note(insert_or_update(Need, row, columns, contact_id=contact.id))


def _load_preferences(
    hand: ClientWriter, contact: Contact, given: dict[str, Any], place: str
) -> None:
    """Answers are known by the day they were asked on; the current one is the last."""
    stored = sorted(hand.existing.of(Preference, contact.id), key=lambda row: row.is_current)
    entries = list_entries(given, "preferences", place)
    has_current = given.get("preference") is not None
    if has_current:
        check_object(given["preference"], f"{place}.preference")
        entries.append((f"{place}.preference", given["preference"]))
    if "preference" not in given:
        stored = [row for row in stored if not row.is_current]
    pairs = match_by_key(
        sections.PREFERENCE, entries, stored, ("asked_on",), hand.names, hand.warnings
    )
    if "preference" in given:
        _demote_current(hand, stored, pairs[-1][0] if has_current else None)
    for index, (row, columns, _) in enumerate(pairs):
        columns["is_current"] = has_current and index == len(pairs) - 1
        if row is None:
            row = Preference(contact_id=contact.id, recorded_at=hand.names.now, **columns)
            session.add(row)
            hand.rows[Preference].append(row)
            hand.note(True)
        else:
            hand.note(assign_columns(row, columns))
    hand.rows[Preference] += hand.existing.of(Preference, contact.id)


def _demote_current(hand: ClientWriter, stored: list[Any], current: Any | None) -> None:
    """The answer that was current makes room first: a contact never has two."""
    for row in stored:
        if row.is_current and row is not current:
            row.is_current = False
            session.flush()
            hand.note(True)
