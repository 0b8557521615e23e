"""The key with which a person's phones seal what they keep."""

import secrets

import sqlalchemy as sa

from pwa.db import session
from pwa.models import User


def key_of(user: User) -> bytes:
    """Their 32 bytes, the same on every phone and for ever. Call it in a unit of work.

    Two phones that ask first at the same moment get the same: only the first one's is written.
    """
    made = secrets.token_hex(32)
    unset = sa.update(User).where(User.id == user.id, User.phone_key.is_(None))
    session.execute(unset.values(phone_key=made))
    stored = session.scalar(sa.select(User.phone_key).where(User.id == user.id))
    return bytes.fromhex(stored or made)
