"""Sections of the book, version 1: teams, users, clients, cadences, contacts."""

from datetime import time

from pwa.models import Role
from pwa.operations.book_files.fields import Field, Section
from pwa.operations.book_files.values import (
    CLOCK,
    CONTACT,
    COUNTRY,
    DAY,
    DAYS,
    EMAIL,
    MINUTES,
    MOMENT,
    NOTICE_KINDS,
    STAGE,
    TEAM,
    USER,
    USER_EMAIL,
    YES_NO,
    ZONE,
    choice,
    degrees,
    text,
)
from pwa.rules.maps.map_links import MapApp
from pwa.rules.vocabulary.enums import (
    Channel,
    ClientStatus,
    NeedKind,
    Stage,
    Tier,
)
from pwa.rules.vocabulary.phones import TextBy

WORDS = text()
BY = Field("by", "made_by_id", USER)
WITH_CONTACT = Field("contact", "contact_id", CONTACT)
REF = Field("ref", "ref", text(80), required=True)
_NAME = Field("name", "name", text(200), required=True)

TEAMS = Section(
    "teams",
    (
        Field("name", "name", text(100), required=True),
        Field("country", "country", COUNTRY),
        Field("region", "region", COUNTRY),
    ),
    nested=frozenset({"causes", "openings"}),
)

USERS = Section(
    "users",
    (
        Field("email", "email", USER_EMAIL, required=True),
        _NAME,
        Field("role", "role", choice(Role, "role"), Role.MANAGER, always=True),
        Field(
            "team",
            "team_id",
            TEAM,
            lambda references: next(iter(references.teams.values())),
            always=True,
        ),
        Field("timezone", "timezone", ZONE, "UTC", always=True),
        Field("country", "country", COUNTRY),
        Field("capacity_minutes", "capacity_minutes", MINUTES, 240, always=True),
        Field("digest_at", "digest_at", CLOCK, time(7, 30)),
        Field("quiet_from", "quiet_from", CLOCK, time(19, 0)),
        Field("quiet_to", "quiet_to", CLOCK, time(7, 0)),
        Field("evening_at", "evening_at", CLOCK, time(17, 0)),
        Field("notice_days", "notice_days", DAYS, ""),
        Field("muted_kinds", "muted_kinds", NOTICE_KINDS, ""),
        Field("call_lead_minutes", "call_lead_minutes", MINUTES, 5),
        Field("visit_lead_minutes", "visit_lead_minutes", MINUTES),
        Field("full_names", "full_names", YES_NO, False),
        Field("map_app", "map_app", choice(MapApp, "map_app")),
        Field("deactivated", "deactivated_at", MOMENT),
    ),
    nested=frozenset({"covers"}),
)

CLIENTS = Section(
    "clients",
    (
        REF,
        _NAME,
        Field("owner", "owner_id", USER, required=True),
        Field("tier", "tier", choice(Tier, "tier")),
        Field("status", "status", choice(ClientStatus, "status"), ClientStatus.ACTIVE),
        Field("address", "address", text(300)),
        Field("town", "town", text(120)),
        Field("state", "state", text(80)),
        Field("postcode", "postcode", text(20)),
        Field("country", "country", COUNTRY),
        Field("timezone", "timezone", ZONE),
        Field("latitude", "latitude", degrees(90)),
        Field("longitude", "longitude", degrees(180)),
        Field("website", "website", text(300)),
        Field("new_since", "new_since", DAY),
    ),
    nested=frozenset(
        "cadence cadences intensifications away contacts interactions requests promises"
        " bookings recoveries agreements postponements handovers overrides".split()
    ),
)

CADENCE = Section(
    "cadence",
    (
        Field("stage", "stage", STAGE, Stage.MONTHLY, always=True),
        Field("since", "since", DAY, lambda references: references.today, always=True),
        Field("agreed_with", "agreed_with_id", CONTACT),
        BY,
        Field("ended", "ended_at", MOMENT),
    ),
    nested=frozenset({"intensified"}),
)

INTENSIFIED = Section(
    "intensified",
    (
        Field("stage", "stage", STAGE, required=True),
        Field("until", "until", DAY, always=True),
        Field("reason", "reason", WORDS, "", always=True),
        BY,
        Field("ended", "ended_at", MOMENT),
    ),
    nested=frozenset({"since"}),
)

AWAY = Section(
    "away",
    (
        Field("from", "first_day", DAY, required=True),
        Field("to", "last_day", DAY, required=True),
    ),
)

CONTACTS = Section(
    "contacts",
    (
        REF,
        _NAME,
        Field("title", "title", text(60)),
        Field("suffix", "suffix", text(60)),
        Field("role", "role", text(120)),
        Field("email", "email", EMAIL),
        Field("timezone", "timezone", ZONE),
        Field("primary", "is_primary", YES_NO, False),
        Field("difficult", "difficult", YES_NO, False),
        Field("new_since", "new_since", DAY),
        Field("talk_declined", "talk_declined_on", DAY),
        Field("archived", "archived_at", MOMENT),
    ),
    nested=frozenset(
        {"phone", "phone_other", "phones", "preference", "preferences", "needs", "wrong_numbers"}
    ),
)

WRONG_NUMBERS = Section(
    "wrong_numbers",
    (
        Field("number", "number", text(60)),
        Field("at", "at", MOMENT, required=True),
        Field("settled", "settled_at", MOMENT),
    ),
)

NEEDS = Section(
    "needs",
    (
        Field("kind", "kind", choice(NeedKind, "kind"), NeedKind.NEED),
        Field("words", "words", WORDS, required=True),
        Field("date", "said_on", DAY, lambda references: references.today, always=True),
    ),
)

PREFERENCE = Section(
    "preference",
    (
        Field("channel", "channel", choice(Channel, "channel", unknown=None), always=True),
        Field("text_by", "text_by", choice(TextBy, "text_by")),
        Field("days", "days", DAYS, ""),
        Field("from", "opens", CLOCK),
        Field("to", "closes", CLOCK),
        Field("how_often", "how_often", STAGE),
        Field("about", "about", WORDS),
        Field("asked_on", "asked_on", DAY),
        Field("compromise.words", "compromise_words", WORDS),
        Field("compromise.agreed_on", "compromise_on", DAY),
        Field("compromise.channel", "compromise_channel", choice(Channel, "channel")),
        Field("only_when_needed", "only_when_needed", YES_NO, False),
        Field("by", "recorded_by_id", USER),
    ),
)
