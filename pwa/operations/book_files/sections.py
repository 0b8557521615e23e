"""The book, version 1: every section with its fields, columns and defaults."""

from datetime import time

from pwa.models import Answer, Role
from pwa.operations.book_files.fields import Field, Section
from pwa.operations.book_files.values import (
    ANYTHING,
    CLOCK,
    CONTACT,
    COUNTRY,
    DAY,
    DAYS,
    EMAIL,
    MINUTES,
    MOMENT,
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
from pwa.rules.vocabulary.enums import (
    Channel,
    ClientStatus,
    Direction,
    Kind,
    Mood,
    NeedKind,
    Outcome,
    Priority,
    RequestKind,
    RequestStatus,
    Severity,
    Stage,
    Tier,
)

_WORDS = text()
_BY = Field("by", "made_by_id", USER)
_WITH = Field("contact", "contact_id", CONTACT)
_REF = Field("ref", "ref", text(80), required=True)
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
        Field("team", "team_id", TEAM, lambda names: next(iter(names.teams.values())), always=True),
        Field("timezone", "timezone", ZONE, "UTC", always=True),
        Field("country", "country", COUNTRY),
        Field("capacity_minutes", "capacity_minutes", MINUTES, 240, always=True),
        Field("digest_at", "digest_at", CLOCK, time(7, 30)),
        Field("quiet_from", "quiet_from", CLOCK, time(19, 0)),
        Field("quiet_to", "quiet_to", CLOCK, time(7, 0)),
        Field("deactivated", "deactivated_at", MOMENT),
    ),
    nested=frozenset({"covers"}),
)

CLIENTS = Section(
    "clients",
    (
        _REF,
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
        Field("since", "since", DAY, lambda names: names.today, always=True),
        Field("agreed_with", "agreed_with_id", CONTACT),
        _BY,
        Field("ended", "ended_at", MOMENT),
    ),
    nested=frozenset({"intensified"}),
)

INTENSIFIED = Section(
    "intensified",
    (
        Field("stage", "stage", STAGE, required=True),
        Field("until", "until", DAY, always=True),
        Field("reason", "reason", _WORDS, "", always=True),
        _BY,
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
        _REF,
        _NAME,
        Field("role", "role", text(120)),
        Field("email", "email", EMAIL),
        Field("timezone", "timezone", ZONE),
        Field("primary", "is_primary", YES_NO, False),
        Field("difficult", "difficult", YES_NO, False),
        Field("new_since", "new_since", DAY),
        Field("talk_declined", "talk_declined_on", DAY),
    ),
    nested=frozenset({"phone", "phone_other", "preference", "preferences", "needs"}),
)

NEEDS = Section(
    "needs",
    (
        Field("kind", "kind", choice(NeedKind, "kind"), NeedKind.NEED),
        Field("words", "words", _WORDS, required=True),
        Field("date", "said_on", DAY, lambda names: names.today, always=True),
    ),
)

PREFERENCE = Section(
    "preference",
    (
        Field("channel", "channel", choice(Channel, "channel", unknown=None), always=True),
        Field("days", "days", DAYS, ""),
        Field("from", "opens", CLOCK),
        Field("to", "closes", CLOCK),
        Field("how_often", "how_often", STAGE),
        Field("about", "about", _WORDS),
        Field("asked_on", "asked_on", DAY),
        Field("compromise.words", "compromise_words", _WORDS),
        Field("compromise.agreed_on", "compromise_on", DAY),
        Field("compromise.channel", "compromise_channel", choice(Channel, "channel")),
        Field("only_when_needed", "only_when_needed", YES_NO, False),
        Field("by", "recorded_by_id", USER),
    ),
)

REQUESTS = Section(
    "requests",
    (
        _REF,
        _WITH,
        Field("kind", "kind", choice(RequestKind, "kind"), RequestKind.REQUEST, always=True),
        Field("title", "title", text(300), required=True),
        Field("priority", "priority", choice(Priority, "priority"), Priority.MEDIUM, always=True),
        Field("status", "status", choice(RequestStatus, "status"), RequestStatus.OPEN, always=True),
        Field("opened", "opened", DAY, lambda names: names.today, always=True),
        Field("due", "due", DAY, always=True),
        Field("closed", "closed_on", DAY),
    ),
    identity=("kind", "title", "opened"),
)

INTERACTIONS = Section(
    "interactions",
    (
        _REF,
        _WITH,
        Field("by", "user_id", USER, lambda names: names.owner_id, always=True),
        Field("kind", "kind", choice(Kind, "kind"), Kind.CALL, always=True),
        Field("direction", "direction", choice(Direction, "direction"), Direction.OUT, always=True),
        Field("outcome", "outcome", choice(Outcome, "outcome"), Outcome.SPOKE, always=True),
        Field("at", "at", MOMENT, required=True),
        Field("minutes", "minutes", MINUTES),
        Field("note", "note", _WORDS),
        Field("mood", "mood", choice(Mood, "mood")),
        Field("asks_for_time", "asks_for_time", YES_NO, False),
        Field("latitude", "latitude", degrees(90)),
        Field("longitude", "longitude", degrees(180)),
    ),
    nested=frozenset({"received", "covered", "supersedes", "recap_of", "recovery", "lesson"}),
    identity=("at", "kind", "contact"),
)

PROMISES = Section(
    "promises",
    (
        _REF,
        _WITH,
        Field("words", "words", _WORDS, required=True),
        Field("made", "made", DAY, lambda names: names.today, always=True),
        Field("due", "due", DAY, required=True),
        Field("kept", "kept", DAY, always=True),
        _BY,
        Field("owner", "owner_id", USER),
    ),
    nested=frozenset({"moved"}),
    identity=("words", "made"),
)

MOVES = Section(
    "moved",
    (
        Field("to", "to", DAY, required=True),
        Field("told", "told", DAY, always=True),
        Field("on", "moved_on", DAY),
    ),
)

BOOKINGS = Section(
    "bookings",
    (
        _REF,
        _WITH,
        Field("kind", "kind", choice(Kind, "kind"), Kind.CALL, always=True),
        Field("at", "at", MOMENT, required=True),
        Field("settled", "settled_at", MOMENT),
        Field("cancelled", "cancelled_at", MOMENT),
    ),
    identity=("at", "contact"),
)

RECOVERIES = Section(
    "recoveries",
    (
        _REF,
        _WITH,
        Field("cause", "cause", text(200), "", always=True),
        Field("severity", "severity", choice(Severity, "severity"), always=True),
        Field("opened", "opened", MOMENT, lambda names: names.now, always=True),
        Field("make_good", "make_good", _WORDS, always=True),
        Field("know_by", "know_by", MOMENT),
        Field("call_anyway", "call_anyway", YES_NO, False),
        Field("by", "opened_by_id", USER),
        Field("escalated", "escalated_at", MOMENT),
        Field("closed", "closed", MOMENT, always=True),
        Field("recap", "recap", ANYTHING),
        Field("checks", "checks", ANYTHING),
    ),
    nested=frozenset({"live", "again_of", "prevention"}),
    identity=("opened", "contact", "cause"),
)

AGREEMENTS = Section(
    "agreements",
    (
        _WITH,
        Field("on", "on", DAY, required=True),
        Field("stage", "stage", STAGE, required=True),
        Field("answer", "answer", choice(Answer, "answer"), Answer.AGREED, always=True),
        Field("words", "words", _WORDS),
        _BY,
    ),
    nested=frozenset({"date"}),
)

POSTPONEMENTS = Section(
    "postponements",
    (
        _WITH,
        Field("at", "at", MOMENT, required=True),
        Field("reason", "reason", _WORDS, "", always=True),
        _BY,
    ),
    nested=frozenset({"until"}),
)
