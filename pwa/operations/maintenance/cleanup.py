"""Takes away what has had its time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from pwa.db import changed, writing
from pwa.models import Notice, OneTimeLink, Receipt, SignIn, SignInTry
from pwa.operations.accounts.rate_limit import TRIES_WINDOW
from pwa.operations.common import rule_settings
from pwa.operations.voice_notes import rejected_cases, retention

RECEIPTS_KEPT = timedelta(days=400)  # a phone may lie in a drawer with something unsent
NOTICES_KEPT = timedelta(days=90)


def clean_up(now: datetime) -> dict[str, int]:
    """Delete what expired before `now`; returns how much of which kind went.

    What fails keeps nothing else from going: all that failed is raised together at the end.
    """
    gone, failed = {}, []
    for name, work in _works(now).items():
        try:
            gone[name] = work()
        except Exception as problem:
            failed.append(problem)
    if failed:
        raise ExceptionGroup("Not everything that had its time is gone", failed)
    return gone


def _works(now: datetime) -> dict[str, Callable[[], int]]:
    old = {
        "sign-ins": sa.delete(SignIn).where(SignIn.expires_at <= now),
        "one-time links": sa.delete(OneTimeLink).where(OneTimeLink.expires_at <= now),
        "sign-in tries": sa.delete(SignInTry).where(SignInTry.window_from < now - TRIES_WINDOW),
        "receipts": sa.delete(Receipt).where(Receipt.at < now - RECEIPTS_KEPT),
        "notices": sa.delete(Notice).where(Notice.settled_at < now - NOTICES_KEPT),
    }
    notes, kept = retention.store(), rule_settings.current_settings()
    return {
        **{name: partial(_delete, statement) for name, statement in old.items()},
        "voice notes": lambda: retention.expire_sound(notes, kept, now),
        "transcripts": lambda: retention.expire_words(kept, now),
        "refused cases": rejected_cases.prune,
        "voice notes of nobody": lambda: retention.sweep(notes, now),
    }


def _delete(statement: sa.Delete) -> int:
    with writing():
        return changed(statement)
