"""When something happened that was said on a phone and sent later, by our clock."""

from datetime import date, datetime, timedelta

from flask import request

from pwa import clock
from pwa.web.text.datetime_filters import zone

LONGEST = timedelta(days=30)
SAME_CLOCK = timedelta(minutes=1)


def happened_at() -> datetime:
    """The moment at which a form was saved; now, for one that was sent at once.

    Both headers are by the phone's clock, so that its being wrong cancels out: what counts is how
    long it waited. UTC, not in the future, at most 30 days ago.
    """
    now, sent = clock.now(), _moment("X-Rounds-Sent")
    saved = _moment("X-Rounds-Happened")
    if sent is None or saved is None:
        return now
    return now - min(max(sent - saved, timedelta(0)), LONGEST)


def corrected(at: datetime) -> datetime:
    """A moment by the phone's clock, by ours: a clock that is wrong is so by the same in both."""
    sent = _moment("X-Rounds-Sent")
    if sent is None:
        return at
    wrong = clock.now() - sent
    return at if abs(wrong) <= SAME_CLOCK else at + wrong


def day_happened() -> date:
    """The day of it, in the person's zone."""
    return happened_at().astimezone(zone()).date()


def _moment(header: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(request.headers.get(header, ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
