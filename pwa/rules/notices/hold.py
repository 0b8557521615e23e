"""Whether a notice is held back because its user has a page in hand that can say it (R26)."""

from datetime import datetime, timedelta

from pwa.rules.notices.due import AFTER_A_BOOKING
from pwa.rules.vocabulary.notice_kind import NoticeKind

AT_MOST = timedelta(minutes=1)  # in all, from when it was due
IN_USE_FOR = timedelta(minutes=1)  # after the last touch, key or scroll
TOO_NEAR = timedelta(minutes=2)  # a booked time or a deadline: it is sent whatever is on a screen


def hold_until(
    kind: NoticeKind,
    due_at: datetime,
    expires_at: datetime,
    used_at: datetime | None,
    now: datetime,
) -> datetime | None:
    """Until when a notice due at `now` is held back; None if it is sent.

    `used_at` is when its user last touched a page. Whoever does not see it there within a minute
    is pushed, and earlier where what it is about comes nearer than two minutes.
    """
    if kind is NoticeKind.TEST or used_at is None or used_at > now:
        return None
    about = expires_at - AFTER_A_BOOKING if kind is NoticeKind.BOOKED else expires_at
    end = min(due_at + AT_MOST, used_at + IN_USE_FOR, about - TOO_NEAR)
    return end if end > now else None
