"""Where a person is signed in, and when they were last seen there."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import changed, session
from pwa.models import SignIn, User
from pwa.operations.accounts.accounts import token_hash

SEEN_EVERY = timedelta(hours=1)


def of(user: User, now: datetime) -> list[SignIn]:
    """The places that still hold, the one used last first."""
    theirs = sa.select(SignIn).where(SignIn.user_id == user.id, SignIn.expires_at > now)
    return list(session.scalars(theirs.order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def end(user: User, sign_in_id: int) -> bool:
    """Sign the person out at one place; False when there is no such place of theirs."""
    mine = sa.delete(SignIn).where(SignIn.id == sign_in_id, SignIn.user_id == user.id)
    return changed(mine) > 0


def seen(token: str, now: datetime) -> None:
    """Note that the person was here; at most hourly, so that reading stays reading."""
    here = sa.update(SignIn).where(
        SignIn.token_hash == token_hash(token), SignIn.seen_at < now - SEEN_EVERY
    )
    session.execute(here.values(seen_at=now))
