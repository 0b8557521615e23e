"""Sections of the book, version 1: covers, handovers, overrides and lessons."""

from pwa.operations.book_files.fields import Field, Section
from pwa.operations.book_files.values import CONTACT, DAY, MOMENT, USER, YES_NO, choice, text
from pwa.rules.vocabulary.enums import Topic

COVERS = Section(
    "covers",
    (
        Field("user", "absent_id", USER, required=True),
        Field("by", "covered_by_id", USER, required=True),
        Field("from", "first_day", DAY, required=True),
        Field("to", "last_day", DAY, required=True),
        Field("reason", "reason", text()),
        Field("made_by", "made_by_id", USER),
        Field("made", "made_at", MOMENT),
        Field("ended", "ended_at", MOMENT),
    ),
)

HANDOVERS = Section(
    "handovers",
    (
        Field("at", "at", MOMENT, required=True),
        Field("from", "from_id", USER, required=True),
        Field("to", "to_id", USER, required=True),
        Field("reason", "reason", text(), "", always=True),
        Field("by", "made_by_id", USER),
    ),
)

OVERRIDES = Section(
    "overrides",
    (
        Field("at", "at", MOMENT, required=True),
        Field("contact", "contact_id", CONTACT),
        Field("by", "user_id", USER, lambda references: references.owner_id, always=True),
        Field("something_else", "something_else", YES_NO, False),
        Field("reason", "reason", text(), "", always=True),
    ),
)

LESSON = Section(
    "lesson",
    (
        Field("topic", "topic", choice(Topic, "topic"), required=True),
        Field("line", "line", text(), required=True),
        Field("by", "marked_by_id", USER, lambda references: references.owner_id, always=True),
        Field("marked", "marked_at", MOMENT, lambda references: references.now, always=True),
        Field("shared", "shared_at", MOMENT),
        Field("declined", "declined_at", MOMENT),
    ),
)
