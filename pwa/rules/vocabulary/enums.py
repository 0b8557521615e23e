"""Enumerations shared by rules, models and pages; their values are stored."""

from enum import StrEnum
from typing import Self


class Stage(StrEnum):
    """Cadence stages (R8), densest first; `days` is the divisor of lateness."""

    days: int

    DAILY = "daily", 1
    TWICE_WEEKLY = "twice_weekly", 3
    WEEKLY = "weekly", 7
    FORTNIGHTLY = "fortnightly", 14
    MONTHLY = "monthly", 30
    QUARTERLY = "quarterly", 91

    def __new__(cls, value: str, days: int) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.days = days
        return member


class Tier(StrEnum):
    """Client tier; `weight` multiplies lateness (R19)."""

    weight: int

    A = "A", 3
    B = "B", 2
    C = "C", 1

    def __new__(cls, value: str, weight: int) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.weight = weight
        return member


class Channel(StrEnum):
    """The preferred channel of a contact (R4); None for not asked yet."""

    PHONE = "phone"
    VIDEO = "video"
    VISIT = "visit"
    EMAIL = "email"
    TEXT = "text"

    @property
    def is_writing(self) -> bool:
        return self is Channel.EMAIL or self is Channel.TEXT


class Kind(StrEnum):
    """The kind of an interaction or booking."""

    CALL = "call"
    VISIT = "visit"
    VIDEO = "video"
    EMAIL = "email"
    TEXT = "text"

    @property
    def is_live(self) -> bool:
        return self is not Kind.EMAIL and self is not Kind.TEXT


class Direction(StrEnum):
    """The direction of an interaction; OUT is ours."""

    OUT = "out"
    IN = "in"


class Outcome(StrEnum):
    """The outcome of an interaction."""

    SPOKE = "spoke"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    VISITED = "visited"
    NOT_IN = "not_in"
    WRITTEN = "written"
    COLLEAGUE_ANSWERED = "colleague_answered"
    LEFT = "left"


class Settled(StrEnum):
    """What became of a booking; MISSED while nobody said so."""

    HAPPENED = "happened"
    MOVED = "moved"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Severity(StrEnum):
    """The severity of a recovery (R13)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Compliance(StrEnum):
    """Compliance of an interaction with the preference valid on its day (R5)."""

    HONOURED = "honoured"
    COMPROMISE = "compromise"
    NOT_HONOURED = "not_honoured"
    NOT_ASKED = "not_asked"


class SuggestionKind(StrEnum):
    """The kind of a suggestion read from a note; stored as a fact only after confirmation."""

    PROMISE = "promise"
    BOOKING = "booking"
    CADENCE = "cadence"
    PREFERENCE = "preference"
    RECOVERY = "recovery"
    REQUEST = "request"
    NEED = "need"
    MOOD = "mood"


class TranscriptionFailure(StrEnum):
    """Why a spoken note could not be transcribed."""

    NO_ENGINE = "no_engine"
    UNREADABLE = "unreadable"
    FAILED = "failed"


class Mood(StrEnum):
    """A contact's mood in a conversation, as recorded by the user."""

    GOOD = "good"
    NEUTRAL = "neutral"
    WORRIED = "worried"


class NeedKind(StrEnum):
    """The kind of a stated need (R24)."""

    NEED = "need"
    WANT = "want"
    THINKS = "thinks"


class Topic(StrEnum):
    """The library topic of a conversation (R23)."""

    APOLOGY = "apology"
    DIFFICULT = "difficult"
    FIRST_CALL = "first_call"
    SLOWER = "slower"
    QUOTE = "quote"


class Priority(StrEnum):
    """The priority of a request."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class RequestStatus(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DONE = "done"


class RequestKind(StrEnum):
    REQUEST = "request"
    QUOTE = "quote"
    ROADMAP = "roadmap"


class ClientStatus(StrEnum):
    """Client lifecycle; only active clients have a due day."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class RowTier(StrEnum):
    """The tiers of the day list (R19); `rank` 0 is the top."""

    rank: int

    RECOVERY = "recovery", 0
    BOOKED = "booked", 1
    PROMISE = "promise", 2
    CADENCE = "cadence", 3
    PREFERENCE = "preference", 4
    LATER = "later", 5

    def __new__(cls, value: str, rank: int) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.rank = rank
        return member


class RowKind(StrEnum):
    """The action that a row asks for."""

    CALL = "call"
    VISIT = "visit"
    VIDEO = "video"
    WRITE = "write"


class ReasonCode(StrEnum):
    """The reason of a row (R19)."""

    RECOVERY = "recovery"
    BOOKED = "booked"
    CONFIRM_BOOKING = "confirm_booking"
    PROMISE_DUE = "promise_due"
    PROMISE_LATE = "promise_late"
    CADENCE_DUE = "cadence_due"
    CADENCE_LATE = "cadence_late"
    INTENSIFIED = "intensified"
    RETRY = "retry"
    RECAP_DUE = "recap_due"
    CHECK = "check"
    FIRST = "first"
    UNHEARD = "unheard"
    THREAD = "thread"
    FIND_NUMBER = "find_number"
    PREFERENCE_UNKNOWN = "preference_unknown"
    PREFERENCE_UNMET = "preference_unmet"
    QUOTE = "quote"
    ROADMAP = "roadmap"
