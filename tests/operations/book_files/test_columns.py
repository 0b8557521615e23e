"""Every column is a field of the book, written by other code, or named as one that stays out."""

import pytest

from pwa.models import (
    Agreement,
    Away,
    Base,
    Booking,
    Cadence,
    Client,
    Contact,
    Cover,
    Handover,
    Intensification,
    Interaction,
    Lesson,
    Need,
    Postponement,
    Preference,
    Promise,
    PromiseMove,
    Recovery,
    ServiceRequest,
    Team,
    User,
    WritingOverride,
    WrongNumber,
)
from pwa.operations.book_files import history_sections, sections, team_sections
from pwa.operations.book_files.fields import Section

SECTIONS = [
    (sections.TEAMS, Team),
    (sections.USERS, User),
    (sections.CLIENTS, Client),
    (sections.CADENCE, Cadence),
    (sections.INTENSIFIED, Intensification),
    (sections.AWAY, Away),
    (sections.CONTACTS, Contact),
    (sections.NEEDS, Need),
    (sections.WRONG_NUMBERS, WrongNumber),
    (sections.PREFERENCE, Preference),
    (history_sections.REQUESTS, ServiceRequest),
    (history_sections.INTERACTIONS, Interaction),
    (history_sections.PROMISES, Promise),
    (history_sections.MOVES, PromiseMove),
    (history_sections.BOOKINGS, Booking),
    (history_sections.RECOVERIES, Recovery),
    (history_sections.AGREEMENTS, Agreement),
    (history_sections.POSTPONEMENTS, Postponement),
    (team_sections.COVERS, Cover),
    (team_sections.HANDOVERS, Handover),
    (team_sections.OVERRIDES, WritingOverride),
    (team_sections.LESSON, Lesson),
]
# Of this database alone, or said by where an entry stands in the book.
PLACE = {"id", "client_id", "contact_id", "promise_id", "interaction_id", "created_at", "version"}
# In the book by code of their own: what entries refer to, and values that are worded otherwise.
BY_HAND = {
    "contacts": {"phone", "extension", "phone_given", "phone_other", "position"},
    "bookings": {"settled"},
    "preferences": {"is_current"},
    "interactions": {"received_at", "recap_of_id", "recovery_id", "supersedes_id", "superseded_at"},
    "recoveries": {"live", "again_of_id", "prevention_id"},
    "postponements": {"until", "whole_day"},
}
# Secrets, what follows from other columns, and what the format has no field for.
NOT_IN_THE_BOOK = {
    "users": {"password_hash", "phone_key"},
    "clients": {
        "search_key",
        "match_key",
        "next_due",
        "need_per_day",
        "owed_on",
        "promised_on",
        "later_on",
        "raised_on",
        "spoken_at",
        "unasked",
        "usual_minutes",
    },
    "contacts": {"number_wrong_since"},
    "preferences": {"recorded_at"},
    "interactions": {"reached", "stamp"},
    "promises": {"falls_due"},
    "writing_overrides": {"recovery_id"},
}
TABLES_BY_HAND = {"causes", "openings", "numbers", "covered", "interaction_contacts", "phones"}
TABLES_NOT_IN_THE_BOOK = {
    "audit",
    "deliveries",
    "devices",
    "heartbeats",
    "import_runs",
    "notices",
    "one_time_links",
    "push_services",
    "receipts",
    "sign_in_tries",
    "sign_ins",
    "suggestions",
    "transcripts",
    "voice_notes",
}


@pytest.mark.parametrize(("section", "model"), SECTIONS, ids=[s.name for s, _ in SECTIONS])
def test_every_column_is_in_the_book_or_named_as_left_out(section, model):
    table = model.__table__
    fields = {field.column for field in section.fields}
    by_hand, left_out = (names.get(table.name, set()) for names in (BY_HAND, NOT_IN_THE_BOOK))
    assert set(table.columns.keys()) - fields - PLACE == by_hand | left_out


def test_every_table_is_in_the_book_or_named_as_left_out():
    by_section = {model.__tablename__ for _section, model in SECTIONS}
    elsewhere = TABLES_BY_HAND | TABLES_NOT_IN_THE_BOOK
    assert set(Base.metadata.tables) - by_section == elsewhere


def test_every_section_is_looked_at():
    modules = (sections, history_sections, team_sections)
    stated = [value for module in modules for value in vars(module).values()]
    names = {value.name for value in stated if isinstance(value, Section)}
    assert names == {section.name for section, _model in SECTIONS}
