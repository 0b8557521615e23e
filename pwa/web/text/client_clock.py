"""Event time of an offline write, corrected for the phone's clock skew."""

from datetime import date, datetime, timedelta

from flask import request

from pwa import clock
from pwa.web.text.datetime_filters import zone

LONGEST = timedelta(days=30)
SAME_CLOCK = timedelta(minutes=1)


def happened_at() -> datetime:
    """The moment at which a form was saved, in UTC; now for one that was sent at once.

    Both headers are by the phone's clock, so that its skew cancels out: only how long the form
    waited counts, at most 30 days.
    """
    now, sent = clock.now(), _moment("X-Rounds-Sent")
    saved = _moment("X-Rounds-Happened")
    if sent is None or saved is None:
        return now
    return now - min(max(sent - saved, timedelta(0)), LONGEST)


def corrected(at: datetime) -> datetime:
    """A moment by the phone's clock, corrected for its skew against ours."""
    sent = _moment("X-Rounds-Sent")
    if sent is None:
        return at
    skew = clock.now() - sent
    return at if abs(skew) <= SAME_CLOCK else at + skew


def day_happened() -> date:
    """The day of `happened_at`, in the user's zone."""
    return happened_at().astimezone(zone()).date()


def _moment(header: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(request.headers.get(header, ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
