"""Presence: whoever has a page in hand is told there, and pushed only what they do not see."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import session, writing
from pwa.models import Notice, SignIn, User
from pwa.operations.accounts.tokens import token_hash
from pwa.operations.notices.compose import Composed, Skip, compose
from pwa.operations.notices.expand import NO_DEVICE
from pwa.operations.notices.from_phone.acknowledge import SEEN_HERE, skip
from pwa.operations.notices.planning.recipients import settings_of
from pwa.push.payload import Push
from pwa.rules.notices.hold import IN_USE_FOR
from pwa.rules.notices.merge import Waiting, decide
from pwa.rules.vocabulary.notice_kind import NoticeKind

SEEN_EVERY = timedelta(seconds=5)  # several pages of one person write once
LEAVES_FOR = timedelta(seconds=5)  # from one page to the next
JUST_NOW = timedelta(minutes=10)
MOST_AT_ONCE = 3


def store_used(token: str, used_at: datetime, now: datetime) -> None:
    """Stores when a page of this session, which is on the screen, was last touched."""
    stale = sa.or_(
        SignIn.visible_at.is_(None),
        SignIn.visible_at < used_at - SEEN_EVERY,
        SignIn.visible_at > now,  # from before the clock was set back
    )
    here = sa.update(SignIn).where(SignIn.token_hash == token_hash(token), stale)
    session.execute(here.values(visible_at=used_at))


def store_left(user: User, token: str, now: datetime) -> None:
    """Lets go of what was held for a page that is hidden now.

    In a few seconds: on its way to the next page a browser hides the one before as well.
    """
    ends = now + LEAVES_FOR
    here = sa.update(SignIn).where(SignIn.token_hash == token_hash(token))
    in_use = SignIn.visible_at > ends - IN_USE_FOR
    session.execute(here.where(in_use).values(visible_at=ends - IN_USE_FOR))
    held = sa.update(Notice).where(Notice.user_id == user.id, Notice.settled_at.is_(None))
    held = held.where(Notice.expanded_at.is_(None), Notice.due_at <= now)
    session.execute(held.where(Notice.next_try_at > ends).values(next_try_at=ends))


def held_notices(user: User, now: datetime) -> list[tuple[Notice, Composed]]:
    """What is due for the user and was not sent, with its words, or why there is nothing to say.

    What one push would say is said once here too, the rest settled. A test is always sent: that is
    what it tests. What was seen here stays until it is opened or closed.
    """
    due = session.scalars(_due(user, now)).all()
    seen = [notice for notice in due if notice.settled_at]
    rows = {notice.id: notice for notice in due if not notice.settled_at}
    waiting = [Waiting(row.id, row.kind, row.due_at, row.expires_at) for row in rows.values()]
    decision = decide(waiting, now, settings_of(user))
    if decision.absorbed:
        with writing():
            for key, why in decision.absorbed:
                skip(rows[key], why, now)
    # A page has room for what a phone would be told minute by minute.
    fresh = [rows[key] for key in (*decision.send, *(key for key, _at in decision.later))]
    kept = [*fresh, *seen][:MOST_AT_ONCE]
    return [(notice, compose(notice, user, now)) for notice in kept]


def _due(user: User, now: datetime) -> sa.Select[Notice]:
    return (
        sa.select(Notice)
        .where(Notice.user_id == user.id, sa.or_(Notice.settled_at.is_(None), _still_said(now)))
        .where(Notice.kind.not_in((NoticeKind.TEST, NoticeKind.MAIL)))
        .where(Notice.expanded_at.is_(None), Notice.due_at <= now, Notice.expires_at > now)
        .where(sa.or_(Notice.claimed_until.is_(None), Notice.claimed_until <= now))
        .order_by(Notice.due_at, Notice.id)
    )


def _still_said(now: datetime) -> sa.ColumnElement[bool]:
    seen = Notice.why == SEEN_HERE
    unsent = sa.and_(Notice.why == NO_DEVICE, Notice.settled_at > now - JUST_NOW)
    return sa.and_(sa.or_(seen, unsent), Notice.opened_at.is_(None))


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
