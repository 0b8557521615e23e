"""Loads the demo book and lets its people sign in."""

from datetime import datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.demo import PASSWORD, demo_book, emails
from pwa.models import Client, User
from pwa.operations import book_files
from pwa.operations.accounts import passwords


def is_here() -> bool:
    """Whether the demo book was loaded before."""
    return bool(session.scalar(sa.select(User.id).where(User.email.in_(emails())).limit(1)))


def has_people() -> bool:
    """Whether anybody may use this place yet."""
    return bool(session.scalar(sa.select(User.id).limit(1)))


def count_others() -> int:
    """How many clients belong to somebody who is not of the demo."""
    others = sa.select(sa.func.count(Client.id)).join(User, User.id == Client.owner_id)
    return session.scalar(others.where(User.email.not_in(emails()))) or 0


def load(now: datetime, region: str) -> book_files.Loaded:
    """Write the demo book, made for `now`; call it in a unit of work. Its people get the one
    password that is printed for everyone."""
    loaded = book_files.load(demo_book(now), now, region)
    shared = passwords.hash_password(PASSWORD)  # nobody is here yet who would have to wait for it
    for user in session.scalars(sa.select(User).where(User.email.in_(emails()))):
        passwords.set_password(user, shared, now)
    return loaded
