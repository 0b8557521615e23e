"""Sections of the book, version 1: what happened with a client and what is still open."""

from pwa.models import Answer
from pwa.operations.book_files.fields import Field, Section
from pwa.operations.book_files.sections import BY, REF, WITH_CONTACT, WORDS
from pwa.operations.book_files.values import (
    ANYTHING,
    DAY,
    MINUTES,
    MOMENT,
    STAGE,
    USER,
    YES_NO,
    choice,
    degrees,
    text,
)
from pwa.rules.vocabulary.enums import (
    Direction,
    Kind,
    Mood,
    Outcome,
    Priority,
    RequestKind,
    RequestStatus,
    Severity,
)

REQUESTS = Section(
    "requests",
    (
        REF,
        WITH_CONTACT,
        Field("kind", "kind", choice(RequestKind, "kind"), RequestKind.REQUEST, always=True),
        Field("title", "title", text(300), required=True),
        Field("priority", "priority", choice(Priority, "priority"), Priority.MEDIUM, always=True),
        Field("status", "status", choice(RequestStatus, "status"), RequestStatus.OPEN, always=True),
        Field("opened", "opened", DAY, lambda references: references.today, always=True),
        Field("due", "due", DAY, always=True),
        Field("closed", "closed_on", DAY),
    ),
    identity=("kind", "title", "opened"),
)

INTERACTIONS = Section(
    "interactions",
    (
        REF,
        WITH_CONTACT,
        Field("by", "user_id", USER, lambda references: references.owner_id, always=True),
        Field("kind", "kind", choice(Kind, "kind"), Kind.CALL, always=True),
        Field("direction", "direction", choice(Direction, "direction"), Direction.OUT, always=True),
        Field("outcome", "outcome", choice(Outcome, "outcome"), Outcome.SPOKE, always=True),
        Field("at", "at", MOMENT, required=True),
        Field("minutes", "minutes", MINUTES),
        Field("note", "note", WORDS),
        Field("mood", "mood", choice(Mood, "mood")),
        Field("asks_for_time", "asks_for_time", YES_NO, False),
        Field("latitude", "latitude", degrees(90)),
        Field("longitude", "longitude", degrees(180)),
    ),
    nested=frozenset(
        {"contacts", "received", "covered", "supersedes", "recap_of", "recovery", "lesson"}
    ),
    identity=("at", "kind", "contact"),
)

PROMISES = Section(
    "promises",
    (
        REF,
        WITH_CONTACT,
        Field("words", "words", WORDS, required=True),
        Field("made", "made", DAY, lambda references: references.today, always=True),
        Field("due", "due", DAY, required=True),
        Field("kept", "kept", DAY, always=True),
        BY,
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
        REF,
        WITH_CONTACT,
        Field("kind", "kind", choice(Kind, "kind"), Kind.CALL, always=True),
        Field("at", "at", MOMENT, required=True),
        Field("made", "made_at", MOMENT),
        Field("link", "link", text(500)),
        Field("place", "place", text(300)),
        Field("uid", "uid", text(120)),
        Field("sequence", "sequence", MINUTES, 0),
        Field("settled_at", "settled_at", MOMENT),
        Field("cancelled", "cancelled_at", MOMENT),
    ),
    nested=frozenset({"settled"}),
    identity=("at", "contact"),
)

RECOVERIES = Section(
    "recoveries",
    (
        REF,
        WITH_CONTACT,
        Field("cause", "cause", text(200), "", always=True),
        Field("severity", "severity", choice(Severity, "severity"), always=True),
        Field("opened", "opened", MOMENT, lambda references: references.now, always=True),
        Field("make_good", "make_good", WORDS, always=True),
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
        WITH_CONTACT,
        Field("on", "on", DAY, required=True),
        Field("stage", "stage", STAGE, required=True),
        Field("answer", "answer", choice(Answer, "answer"), Answer.AGREED, always=True),
        Field("words", "words", WORDS),
        BY,
    ),
    nested=frozenset({"date"}),
)

POSTPONEMENTS = Section(
    "postponements",
    (
        WITH_CONTACT,
        Field("at", "at", MOMENT, required=True),
        Field("reason", "reason", WORDS, "", always=True),
        BY,
    ),
    nested=frozenset({"until"}),
)
