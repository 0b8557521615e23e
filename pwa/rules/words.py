"""The closed lists of words that rules, models and pages share."""

from enum import StrEnum


class Stage(StrEnum):
    """How often we talk (R8), densest first."""

    DAILY = "daily"
    TWICE_WEEKLY = "twice_weekly"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"

    @property
    def days(self) -> int:
        """The calendar days by which lateness is divided."""
        return _STAGE_DAYS[self]


class Tier(StrEnum):
    """How much a client weighs when two are equally late."""

    A = "A"
    B = "B"
    C = "C"

    @property
    def weight(self) -> int:
        return _WEIGHTS[self]


class Channel(StrEnum):
    """How a contact likes to hear from us (R4); not asked yet is None."""

    PHONE = "phone"
    VIDEO = "video"
    VISIT = "visit"
    EMAIL = "email"
    TEXT = "text"

    @property
    def is_writing(self) -> bool:
        return self in _WRITING_CHANNELS


class Kind(StrEnum):
    """What an interaction or a booking is."""

    CALL = "call"
    VISIT = "visit"
    VIDEO = "video"
    EMAIL = "email"
    TEXT = "text"

    @property
    def is_live(self) -> bool:
        return self in _LIVE_KINDS


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
    """The tiers of the day list, top down (R19)."""

    RECOVERY = "recovery"
    BOOKED = "booked"
    PROMISE = "promise"
    CADENCE = "cadence"
    PREFERENCE = "preference"
    LATER = "later"

    @property
    def rank(self) -> int:
        """0 is the top of the list."""
        return _TIER_RANKS[self]


class RowKind(StrEnum):
    """What a row asks the manager to do."""

    CALL = "call"
    VISIT = "visit"
    VIDEO = "video"
    WRITE = "write"


class Reason(StrEnum):
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


_STAGE_DAYS = dict(zip(Stage, (1, 3, 7, 14, 30, 91), strict=True))
_WEIGHTS = {Tier.A: 3, Tier.B: 2, Tier.C: 1}
_WRITING_CHANNELS = frozenset({Channel.EMAIL, Channel.TEXT})
_LIVE_KINDS = frozenset({Kind.CALL, Kind.VISIT, Kind.VIDEO})
_TIER_RANKS = {tier: rank for rank, tier in enumerate(RowTier)}
