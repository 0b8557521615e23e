"""Presence: whose page is on the screen is not pushed; the page says it instead."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import session, writing
from pwa.models import Notice, SignIn, User
from pwa.operations.accounts.tokens import token_hash
from pwa.operations.notices.acknowledge import skip
from pwa.operations.notices.compose import Composed, Skip, compose
from pwa.operations.notices.planning.recipients import settings_of
from pwa.push.payload import Push
from pwa.rules.notices.merge import Waiting, decide
from pwa.rules.vocabulary.notice_kind import NoticeKind

SEEN_EVERY = timedelta(seconds=5)  # several pages of one person write once
MOST_AT_ONCE = 3


def store_visible(token: str, now: datetime) -> None:
    """Stores that a page of this session is on the screen."""
    lately = SignIn.visible_at.between(now - SEEN_EVERY, now)
    stale = sa.or_(SignIn.visible_at.is_(None), ~lately)  # also from before the clock was set back
    here = sa.update(SignIn).where(SignIn.token_hash == token_hash(token), stale)
    session.execute(here.values(visible_at=now))


def held_notices(user: User, now: datetime) -> list[tuple[Notice, Composed]]:
    """What is due for the user and was not sent, with its words, or why there is nothing to say.

    What one push would say is said once here too, the rest settled. A test is always sent: that is
    what it tests.
    """
    rows = {notice.id: notice for notice in session.scalars(_due(user, now))}
    waiting = [Waiting(row.id, row.kind, row.due_at, row.expires_at) for row in rows.values()]
    decision = decide(waiting, now, settings_of(user))
    if decision.absorbed:
        with writing():
            for key, why in decision.absorbed:
                skip(rows[key], why, now)
    # A page has room for what a phone would be told minute by minute.
    kept = [*decision.send, *(key for key, _at in decision.later)][:MOST_AT_ONCE]
    return [(rows[key], compose(rows[key], user, now)) for key in kept]


def _due(user: User, now: datetime) -> sa.Select[Notice]:
    return (
        sa.select(Notice)
        .where(Notice.user_id == user.id, Notice.settled_at.is_(None))
        .where(Notice.kind.not_in((NoticeKind.TEST, NoticeKind.MAIL)))
        .where(Notice.expanded_at.is_(None), Notice.due_at <= now, Notice.expires_at > now)
        .where(sa.or_(Notice.claimed_until.is_(None), Notice.claimed_until <= now))
        .order_by(Notice.due_at, Notice.id)
    )


def settle_held(held: list[tuple[Notice, Composed]], now: datetime) -> list[tuple[Notice, Push]]:
    """Settles those that have nothing to say, in a transaction of its own.

    Returns those to show; what waits for the end of the quiet hours is left to wait.
    """
    over = [(notice, push) for notice, push in held if isinstance(push, Skip)]
    if over:
        with writing():
            for notice, push in over:
                skip(notice, push.why, now)
    return [(notice, push) for notice, push in held if isinstance(push, Push)]
