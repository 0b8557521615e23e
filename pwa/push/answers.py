"""Reads what a push service answered (RFC 8030, and what the services do in practice)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pwa.push.results import Delivered, Gone, PushRefused, Result, Retry

GONE = frozenset({404, 410})
LATER = frozenset({406, 408, 429})  # Windows says 406 for "too many"
SIGNATURE = frozenset({401, 403})
TOO_LARGE = 413
LONGEST_WAIT = 86_400.0  # seconds; whoever asks for more is mistaken


def read(status: int, retry_after: str | None, body: str, now: datetime) -> Result:
    """Turn an HTTP answer into a result. `body` is its start, `now` the true time."""
    if 200 <= status < 300:
        return Delivered()
    if status in GONE:
        return Gone()
    if status in LATER:
        return Retry(seconds(retry_after, now), f"The push service asked us to wait ({status}).")
    if status >= 500:
        why = f"The push service isn't working right now ({status})."
        return Retry(seconds(retry_after, now), why, outage=True)
    return PushRefused(_refusal(status, body), key=status in SIGNATURE)


def seconds(retry_after: str | None, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or a date, as seconds from now, at most a day."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return min(LONGEST_WAIT, float(text))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:  # "-0000", which means UTC without knowing more
        moment = moment.replace(tzinfo=UTC)
    return min(LONGEST_WAIT, max(0.0, (moment - now).total_seconds()))


def _refusal(status: int, body: str) -> str:
    if 300 <= status < 400:
        return f"The push service pointed elsewhere ({status}), and we do not follow."
    detail = f"{status}: {body}" if body else f"{status}"
    if status == TOO_LARGE:
        return f"The push service found it too long ({detail})."
    if status in SIGNATURE:
        return f"The push service did not accept our key or contact ({detail})."
    return f"The push service did not accept it ({detail})."
