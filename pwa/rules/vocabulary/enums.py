"""The closed lists of words that rules, models and pages share."""

from enum import StrEnum
from typing import Self


class Stage(StrEnum):
    """How often we talk (R8), densest first; `days` is what lateness is divided by."""

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
    """How much a client weighs when two are equally late."""

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
    """How a contact likes to hear from us (R4); not asked yet is None."""

    PHONE = "phone"
    VIDEO = "video"
    VISIT = "visit"
    EMAIL = "email"
    TEXT = "text"

    @property
    def is_writing(self) -> bool:
        return self is Channel.EMAIL or self is Channel.TEXT


class Kind(StrEnum):
    """What an interaction or a booking is."""

    CALL = "call"
    VISIT = "visit"
    VIDEO = "video"
    EMAIL = "email"
    TEXT = "text"

    @property
    def is_live(self) -> bool:
        return self is not Kind.EMAIL and self is not Kind.TEXT


class Direction(StrEnum):
    """Who began it: `out` is us."""

    OUT = "out"
    IN = "in"


class Outcome(StrEnum):
    """What became of an interaction."""

    SPOKE = "spoke"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    VISITED = "visited"
    NOT_IN = "not_in"
    WRITTEN = "written"


class Severity(StrEnum):
    """How bad a recovery is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Compliance(StrEnum):
    """How an interaction met what its contact had asked for on that day (R5)."""

    HONOURED = "honoured"
    COMPROMISE = "compromise"
    NOT_HONOURED = "not_honoured"
    NOT_ASKED = "not_asked"


class SuggestionKind(StrEnum):
    """What is read out of a note (R17, R8, R4, R13, R11, R24): never a fact before a tap."""

    PROMISE = "promise"
    BOOKING = "booking"
    CADENCE = "cadence"
    PREFERENCE = "preference"
    RECOVERY = "recovery"
    REQUEST = "request"
    NEED = "need"
    MOOD = "mood"


class TranscriptionFailure(StrEnum):
    """Why a spoken note could not be written out."""

    NO_ENGINE = "no_engine"
    UNREADABLE = "unreadable"
    FAILED = "failed"


class Mood(StrEnum):
    """How a contact was when we talked, as a person said by a tap."""

    GOOD = "good"
    NEUTRAL = "neutral"
    WORRIED = "worried"


class NeedKind(StrEnum):
    """What a contact told us about themselves (R24)."""

    NEED = "need"
    WANT = "want"
    THINKS = "thinks"


class Topic(StrEnum):
    """What a conversation is worth learning from about (R23)."""

    APOLOGY = "apology"
    DIFFICULT = "difficult"
    FIRST_CALL = "first_call"
    SLOWER = "slower"
    QUOTE = "quote"


class Situation(StrEnum):
    """What an opening is for; the team may write its own talking points for each."""

    APOLOGY = "apology"
    SECOND_TIME = "second_time"
    LATE_PROMISE = "late_promise"
    FIRST_CALL = "first_call"
    NEW_CONTACT = "new_contact"
    HANDOVER = "handover"
    ASK_PREFERENCE = "ask_preference"
    SLOWER = "slower"
    DIFFICULT = "difficult"
    UNHEARD = "unheard"
    NOTHING_NEW = "nothing_new"


class Priority(StrEnum):
    """How much a request matters."""

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
    """Only an active client has a next step."""

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
    """What a row asks the manager to do."""

    CALL = "call"
    VISIT = "visit"
    VIDEO = "video"
    WRITE = "write"


class ReasonCode(StrEnum):
    """Why a row is on the list."""

    RECOVERY = "recovery"
    BOOKED = "booked"
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
    PREFERENCE_UNKNOWN = "preference_unknown"
    PREFERENCE_UNMET = "preference_unmet"
    QUOTE = "quote"
    ROADMAP = "roadmap"
