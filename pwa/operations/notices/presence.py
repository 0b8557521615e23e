"""Presence: whose page is on the screen is not pushed; the page says it instead."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import session, writing
from pwa.models import Notice, SignIn, User
from pwa.operations.accounts.tokens import token_hash
from pwa.operations.notices.acknowledge import skip
from pwa.operations.notices.compose import Composed, Skip, compose
from pwa.push.payload import Push
from pwa.rules.vocabulary.enums import NoticeKind

SEEN_EVERY = timedelta(seconds=5)  # several pages of one person write once
MOST_AT_ONCE = 3


def store_visible(token: str, now: datetime) -> None:
    """Stores that a page of this session is on the screen."""
    stale = sa.or_(SignIn.visible_at.is_(None), SignIn.visible_at < now - SEEN_EVERY)
    here = sa.update(SignIn).where(SignIn.token_hash == token_hash(token), stale)
    session.execute(here.values(visible_at=now))


def held_notices(user: User, now: datetime) -> list[tuple[Notice, Composed]]:
    """What is due for the user and was not sent, with its words, or why there is nothing to say.

    A test is always sent: that is what it tests.
    """
    due = (
        sa.select(Notice)
        .where(Notice.user_id == user.id, Notice.settled_at.is_(None))
        .where(Notice.kind.not_in((NoticeKind.TEST, NoticeKind.MAIL)))
        .where(Notice.expanded_at.is_(None), Notice.due_at <= now, Notice.expires_at > now)
        .where(sa.or_(Notice.claimed_until.is_(None), Notice.claimed_until <= now))
        .order_by(Notice.due_at, Notice.id)
        .limit(MOST_AT_ONCE)
    )
    return [(row, compose(row, user, now)) for row in session.scalars(due).all()]


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
