"""Composes the pushes of notices when they are sent, or skips them with a reason."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from flask_babel import get_locale

from pwa.db import session
from pwa.models import User
from pwa.operations.notices.composing import conversations, digests, facts, recoveries
from pwa.operations.notices.composing.facts import DueNotice, Facts, Skip
from pwa.operations.notices.composing.wording import WORDS
from pwa.operations.notices.planning.recipients import settings_of
from pwa.operations.notices.planning.rows import base_subject
from pwa.push import notice_payload
from pwa.push.payload import Push
from pwa.rules.notices.merge import QUIET, TOO_LATE
from pwa.rules.notices.settings import IN_QUIET_HOURS
from pwa.rules.vocabulary.enums import NoticeKind

__all__ = ["Skip", "compose", "compose_all"]

log = logging.getLogger(__name__)

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


def compose(notice: DueNotice, user: User, now: datetime) -> Push | Skip:
    """The push for the current state, or the reason to skip it."""
    planned = _as_planned(notice)
    return _one(planned, user, facts.read([planned], now), now)


def compose_all(notices: Sequence[DueNotice], now: datetime) -> dict[int, Push | Skip]:
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


def _apart(notice: DueNotice, user: User, known: Facts, now: datetime) -> Push | Skip:
    """A digest reads on its own: what breaks there must not end the whole transaction."""
    if notice.kind not in (NoticeKind.DIGEST, NoticeKind.EVENING):
        return _one(notice, user, known, now)
    with session.begin_nested():
        return _one(notice, user, known, now)


def _one(notice: DueNotice, user: User, known: Facts, now: datetime) -> Push | Skip:
    if why := _why_not(notice, user, now):
        return Skip(why)
    composer = _COMPOSERS.get(notice.kind)
    if composer is None:
        return Skip("This kind is not sent to a device.")
    push = composer(notice, user, known)
    if isinstance(push, Skip):
        return push
    return replace(push, id=notice.id, lang=str(get_locale() or "en").replace("_", "-"))


def _why_not(notice: DueNotice, user: User, now: datetime) -> str:
    """Why the person is not told at all. In the quiet hours only what they asked for comes."""
    if not user.is_active:
        return "This person no longer signs in."
    if now >= notice.expires_at:
        return TOO_LATE
    settings = settings_of(user)
    if not settings.wants(notice.kind):
        return "These are turned off."
    return QUIET if notice.kind not in IN_QUIET_HOURS and settings.is_quiet(now) else ""
