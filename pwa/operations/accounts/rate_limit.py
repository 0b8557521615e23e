"""Rate limiting (sign-in throttling): throttle tries by key, in windows of a quarter of an hour."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import insert, session
from pwa.models import SignInTry

TRIES_WINDOW = timedelta(minutes=15)


def check_rate_limit(keys: dict[str, int], now: datetime) -> bool:
    """Counts an attempt for each key (key -> limit per window); False when a limit is exceeded."""
    allowed = True
    for key, limit in keys.items():
        row = session.get(SignInTry, key, with_for_update=True)
        if row is None:
            values = {"key": key, "tries": 0, "window_from": now}
            session.execute(insert(SignInTry).values(**values).on_conflict_do_nothing())
            row = session.get_one(SignInTry, key, with_for_update=True)
        if now - row.window_from > TRIES_WINDOW:
            row.tries, row.window_from = 0, now
        row.tries += 1
        allowed = allowed and row.tries <= limit
    return allowed


def reset_rate_limit(key: str) -> None:
    """Resets the counter of a key after a successful sign-in."""
    session.execute(sa.delete(SignInTry).where(SignInTry.key == key))
