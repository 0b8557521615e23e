"""Composes the pushes of notices when they are sent, or says why they are skipped or wait."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from flask_babel import get_locale

from pwa.db import session
from pwa.models import User
from pwa.operations.notices.composing import conversations, digests, facts, recoveries
from pwa.operations.notices.composing.due_notice import DueNotice
from pwa.operations.notices.composing.facts import Facts, Skip, Wait
from pwa.operations.notices.composing.wording import WORDS
from pwa.operations.notices.planning.recipients import settings_of
from pwa.operations.notices.planning.rows import base_subject
from pwa.push import notice_payload
from pwa.push.payload import Push
from pwa.rules.notices.merge import QUIET, TOO_LATE
from pwa.rules.notices.settings import IN_QUIET_HOURS
from pwa.rules.vocabulary.notice_kind import NoticeKind

__all__ = ["Composed", "Skip", "Wait", "compose", "compose_all"]

log = logging.getLogger(__name__)

Composed = Push | Skip | Wait
Composer = Callable[[DueNotice, User, Facts], Push | Skip]
_COMPOSERS: Mapping[NoticeKind, Composer] = {
    NoticeKind.TEST: lambda _notice, _user, _facts: notice_payload.trial(WORDS),
    NoticeKind.DIGEST: digests.digest,
    NoticeKind.EVENING: digests.evening,
    NoticeKind.BOOKED: conversations.booked,
    NoticeKind.PROMISE: conversations.promised,
    NoticeKind.PROMISE_TODAY: conversations.promised,
    NoticeKind.UNLOGGED: conversations.unlogged,
    NoticeKind.RECOVERY: recoveries.to_manager,
    NoticeKind.ESCALATION: recoveries.to_supervisor,
    NoticeKind.OUTCOME: recoveries.outcome,
}


def compose(notice: DueNotice, user: User, now: datetime) -> Composed:
    """The push for the current state, or the reason to skip it or to wait."""
    planned = _as_planned(notice)
    return _one(planned, user, facts.read([planned], now), now)


def compose_all(notices: Sequence[DueNotice], now: datetime) -> dict[int, Composed]:
    """The pushes of many notices by their ids, in a fixed number of queries.

    A digest and an evening read their day list besides. A notice that cannot be composed is logged
    and left out.
    """
    notices = [_as_planned(notice) for notice in notices]
    ids = {notice.user_id for notice in notices}
    query = sa.select(User).where(User.id.in_(ids)).execution_options(populate_existing=True)
    users = {user.id: user for user in session.scalars(query)}
    known = facts.read(notices, now)
    composed = {}
    for notice in notices:
        try:
            composed[notice.id] = _apart(notice, users[notice.user_id], known, now)
        except Exception:  # a poison row costs only itself
            log.exception("cannot write notice %s (%s %s)", notice.id, notice.kind, notice.subject)
    return composed


@dataclass(frozen=True, slots=True)
class _PutOff:
    """A notice that was put off, about what it was planned for first."""

    id: int
    user_id: int
    kind: NoticeKind
    subject: str
    client_id: int | None
    due_at: datetime
    expires_at: datetime


def _as_planned(notice: DueNotice) -> DueNotice:
    subject = base_subject(notice.subject)
    if subject == notice.subject:
        return notice
    about = (notice.id, notice.user_id, notice.kind, subject, notice.client_id)
    return _PutOff(*about, notice.due_at, notice.expires_at)


def _apart(notice: DueNotice, user: User, known: Facts, now: datetime) -> Composed:
    """A digest reads on its own: what breaks there must not end the whole transaction."""
    if notice.kind not in (NoticeKind.DIGEST, NoticeKind.EVENING):
        return _one(notice, user, known, now)
    with session.begin_nested():
        return _one(notice, user, known, now)


def _one(notice: DueNotice, user: User, known: Facts, now: datetime) -> Composed:
    if not_now := _not_now(notice, user, now):
        return not_now
    composer = _COMPOSERS.get(notice.kind)
    if composer is None:
        return Skip("This kind is not sent to a device.")
    push = composer(notice, user, known)
    if isinstance(push, Skip):
        return push
    return replace(push, id=notice.id, lang=str(get_locale() or "en").replace("_", "-"))


def _not_now(notice: DueNotice, user: User, now: datetime) -> Skip | Wait | None:
    """Why the person is not told at all, or not yet: in the quiet hours only what they asked for.

    The rest waits for their end where it is of use until then (R13).
    """
    if not user.is_active:
        return Skip("This person no longer signs in.")
    if now >= notice.expires_at:
        return Skip(TOO_LATE)
    settings = settings_of(user)
    if not settings.wants(notice.kind):
        return Skip("These are turned off.")
    if notice.kind in IN_QUIET_HOURS or not settings.is_quiet(now):
        return None
    end = settings.end_of_quiet(now)
    return Wait(end, QUIET) if end < notice.expires_at else Skip(QUIET)
