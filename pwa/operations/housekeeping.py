"""Takes away what has had its time."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import session, writing
from pwa.models import Notice, OneTimeLink, Receipt, SignIn, SignInTry
from pwa.operations.accounts import TRIES_WINDOW

RECEIPTS_KEPT = timedelta(days=30)
NOTICES_KEPT = timedelta(days=90)


def clean_up(now: datetime) -> dict[str, int]:
    """Delete what expired before `now`; returns how many rows of which kind went."""
    old = {
        "sign-ins": sa.delete(SignIn).where(SignIn.expires_at <= now),
        "one-time links": sa.delete(OneTimeLink).where(OneTimeLink.expires_at <= now),
        "sign-in tries": sa.delete(SignInTry).where(SignInTry.window_from < now - TRIES_WINDOW),
        "receipts": sa.delete(Receipt).where(Receipt.at < now - RECEIPTS_KEPT),
        "notices": sa.delete(Notice).where(Notice.settled_at < now - NOTICES_KEPT),
    }
    gone = {}
    for name, statement in old.items():
        with writing():
            gone[name] = session.execute(statement).rowcount  # type: ignore[attr-defined]
    return gone
