"""Loads the demo book and sets the password of its users."""

from datetime import datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.demo import PASSWORD, demo_book, emails
from pwa.models import Client, User
from pwa.operations import book_files
from pwa.operations.accounts import passwords


def is_loaded() -> bool:
    """Whether a user of the demo book is stored."""
    return bool(session.scalar(sa.select(User.id).where(User.email.in_(emails())).limit(1)))


def has_users() -> bool:
    """Whether any user is stored."""
    return bool(session.scalar(sa.select(User.id).limit(1)))


def count_other_clients() -> int:
    """The number of clients whose owner is not of the demo book."""
    query = sa.select(sa.func.count(Client.id)).join(User, User.id == Client.owner_id)
    return session.scalar(query.where(User.email.not_in(emails()))) or 0


def load(now: datetime, region: str) -> book_files.LoadResult:
    """Write the demo book for `now`, in the caller's transaction. Its users share one password."""
    counts = book_files.load(demo_book(now), now, region)
    password_hash = passwords.hash_password(PASSWORD)  # slow on purpose; no request waits for it
    for user in session.scalars(sa.select(User).where(User.email.in_(emails()))):
        passwords.set_password(user, password_hash, now)
    return counts
