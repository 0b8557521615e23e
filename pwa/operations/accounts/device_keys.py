"""The key that encrypts a user's offline data on their phones."""

import secrets

import sqlalchemy as sa

from pwa.db import session
from pwa.models import User


def key_of(user: User) -> bytes:
    """The user's key of 32 bytes, the same on every phone. Call it in a transaction.

    Of two concurrent first requests only one writes its key, and both get that.
    """
    made = secrets.token_hex(32)
    unset = sa.update(User).where(User.id == user.id, User.phone_key.is_(None))
    session.execute(unset.values(phone_key=made))
    stored = session.scalar(sa.select(User.phone_key).where(User.id == user.id))
    return bytes.fromhex(stored or made)
