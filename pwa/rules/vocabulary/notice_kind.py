"""Kinds of push notifications; their values are stored."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """The kind of a push notification."""

    DIGEST = "digest"  # in the morning: the day in one line
    EVENING = "evening"  # calls that are not logged, and who is first tomorrow
    BOOKED = "booked"  # ahead of a booked conversation
    PROMISE = "promise"  # on the working day before a promise is due
    PROMISE_TODAY = "promise_today"
    UNLOGGED = "unlogged"  # dialled, and nothing logged ten minutes later
    RECOVERY = "recovery"  # the client's manager: opened by somebody else, or its deadline is near
    ESCALATION = "escalation"  # the supervisor: missed, a recurrence, or closed untalked
    OUTCOME = "outcome"  # the morning after a missed deadline: what became of it
    MAIL = "mail"  # by e-mail: no device of theirs has shown anything for a day
    TEST = "test"
