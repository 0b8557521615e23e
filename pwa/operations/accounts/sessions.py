"""Sign-in sessions: started and ended, listed, and resolved from the token in the cookie.

Whatever ends a session does it here. Its device goes with its row, so that pushes stop at once;
its phone wipes itself at its next request, which is answered by the sign-in page.

Devices that belong to no session are from before sessions had any: which one ended with it is not
known, so all of its user's do. A browser that is still signed in posts its own when it is opened.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Cover, Device, SignIn, User
from pwa.models.base import UtcDateTime
from pwa.operations.accounts.tokens import token_hash

SIGNED_IN_FOR = timedelta(days=90)
SEEN_EVERY = timedelta(hours=1)


def start_session(user: User, browser: str, now: datetime) -> str:
    """Starts a session; returns its token, of which only the hash is stored."""
    token = secrets.token_urlsafe(32)
    expires = now + SIGNED_IN_FOR
    session.add(
        SignIn(
            token_hash=token_hash(token),
            user_id=user.id,
            browser=browser[:200],
            created_at=now,
            seen_at=now,
            expires_at=expires,
        )
    )
    return token


def session_user(token: str, now: datetime) -> tuple[User, datetime] | None:
    """The active user of an unexpired session token, and when it was last seen; else None."""
    day = timedelta(days=1)
    days = {"first": now.date() - day, "last": now.date() + day}
    values = {"token_hash": token_hash(token), "now": now, **days}
    row = session.execute(_session_query(), values).first()
    if row is None:
        return None
    user: User = row[0]
    user.may_cover = row[2]
    return user, row[1]


@cache
def _session_query() -> sa.Select[User, datetime, bool]:
    """Cached: compiled once, executed on every request."""
    return (
        sa.select(User, SignIn.seen_at, _may_cover())
        .join(SignIn, SignIn.user_id == User.id)
        .where(SignIn.token_hash == sa.bindparam("token_hash"))
        .where(SignIn.expires_at > sa.bindparam("now", type_=UtcDateTime()))
        .where(User.deactivated_at.is_(None))
    )


def _may_cover() -> sa.ColumnElement[bool]:
    """Whether the user may cover for a colleague today, with a day of margin for time zones."""
    first, last = (sa.bindparam(name, type_=sa.Date()) for name in ("first", "last"))
    mine = sa.exists().where(Cover.covered_by_id == User.id)
    return mine.where(Cover.first_day <= last, Cover.last_day >= first)


def present_id(user: User) -> int | None:
    """The id of the session by which the user makes this request, kept until the commit."""
    mine = sa.select(SignIn.id).where(SignIn.token_hash == token_hash(user.sign_in_token))
    return session.scalar(mine.with_for_update(read=True, key_share=True))


def renew_token(token: str) -> str:
    """A new token for the session of this one: a copied cookie is worth nothing afterwards."""
    new = secrets.token_urlsafe(32)
    here = sa.update(SignIn).where(SignIn.token_hash == token_hash(token))
    session.execute(here.values(token_hash=token_hash(new)))
    return new


def end_session(token: str) -> None:
    """Ends the session of this token: a copied cookie is worth nothing afterwards."""
    _delete_unbound(_end(SignIn.token_hash == token_hash(token)))


def end_session_by_id(user: User, sign_in_id: int) -> bool:
    """Ends one session of the user; False when it is not theirs or does not exist."""
    ended = _end(SignIn.id == sign_in_id, SignIn.user_id == user.id)
    _delete_unbound(ended)
    return bool(ended)


def end_sessions_of(user: User, present: str = "") -> None:
    """Ends the user's sessions, all but that of the `present` token."""
    _end(SignIn.user_id == user.id, SignIn.token_hash != token_hash(present))
    _delete_unbound([user.id])


def end_expired(now: datetime) -> int:
    """Ends the sessions that expired by `now`; returns how many.

    Devices of no session stay while their user is signed in anywhere: nobody ended anything.
    """
    ended = _end(SignIn.expires_at <= now)
    present = session.scalars(sa.select(SignIn.user_id).where(SignIn.user_id.in_(ended)))
    _delete_unbound(set(ended).difference(present))
    return len(ended)


def _end(*which: sa.ColumnElement[bool]) -> Sequence[int]:
    """Deletes the rows and returns the user of each.

    The foreign keys take their devices, and those take their deliveries.
    """
    ended = sa.delete(SignIn).where(*which).returning(SignIn.user_id)
    return session.scalars(ended).all()


def _delete_unbound(user_ids: Iterable[int]) -> None:
    """Deletes the devices of these users that belong to no session.

    Those that were removed stay, so that they do not come back by themselves.
    """
    unbound = (Device.sign_in_id.is_(None), Device.removed_at.is_(None))
    session.execute(sa.delete(Device).where(Device.user_id.in_(user_ids), *unbound))


def sessions_of(user: User, now: datetime) -> list[SignIn]:
    """The unexpired sessions of a user, the one used last first."""
    theirs = sa.select(SignIn).where(SignIn.user_id == user.id, SignIn.expires_at > now)
    return list(session.scalars(theirs.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def update_last_seen(token: str, now: datetime) -> None:
    """Updates `seen_at` of a session, at most hourly, so that most requests write nothing."""
    here = sa.update(SignIn).where(
        SignIn.token_hash == token_hash(token), SignIn.seen_at < now - SEEN_EVERY
    )
    session.execute(here.values(seen_at=now))
