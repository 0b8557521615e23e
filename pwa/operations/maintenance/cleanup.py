"""Deletes expired rows and files (retention)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from pwa.db import changed, writing
from pwa.models import Device, Notice, OneTimeLink, Receipt, SignInTry
from pwa.operations.accounts import sessions
from pwa.operations.accounts.rate_limit import TRIES_WINDOW
from pwa.operations.common import rule_settings
from pwa.operations.voice_notes import rejected_cases, retention

RECEIPTS_KEPT = timedelta(days=400)  # a phone may stay offline for long with unsent entries
NOTICES_KEPT = timedelta(days=90)
# Listed as gone that long; and a device that was removed may not come back in its session.
GONE_DEVICES_KEPT = sessions.SIGNED_IN_FOR


def clean_up(now: datetime) -> dict[str, int]:
    """Delete what expired before `now`. Returns the number deleted by kind.

    A step that fails does not stop the others; raises an ExceptionGroup of all failures at the end.
    """
    deleted, failures = {}, []
    for name, step in _cleanup_steps(now).items():
        try:
            deleted[name] = step()
        except Exception as problem:
            failures.append(problem)
    if failures:
        raise ExceptionGroup("Not everything that had its time is gone", failures)
    return deleted


def _cleanup_steps(now: datetime) -> dict[str, Callable[[], int]]:
    expired = {
        "one-time links": sa.delete(OneTimeLink).where(OneTimeLink.expires_at <= now),
        "sign-in tries": sa.delete(SignInTry).where(SignInTry.window_from < now - TRIES_WINDOW),
        "receipts": sa.delete(Receipt).where(Receipt.at < now - RECEIPTS_KEPT),
        "devices": sa.delete(Device).where(Device.gone_at < now - GONE_DEVICES_KEPT),
        "notices": sa.delete(Notice).where(Notice.settled_at < now - NOTICES_KEPT),
    }
    store, settings = retention.store(), rule_settings.current_settings()
    return {
        "sign-ins": partial(_end_sessions, now),
        **{name: partial(_delete, statement) for name, statement in expired.items()},
        "voice notes": lambda: retention.expire_sound(store, settings, now),
        "transcripts": lambda: retention.expire_words(settings, now),
        "refused cases": rejected_cases.prune,
        "voice notes of nobody": lambda: retention.sweep(store, now),
    }


def _delete(statement: sa.Delete) -> int:
    with writing():
        return changed(statement)


def _end_sessions(now: datetime) -> int:
    with writing():
        return sessions.end_expired(now)
