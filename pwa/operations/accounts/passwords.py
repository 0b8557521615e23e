"""Password hashing (argon2) and the one-time links that set a password."""

import secrets
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pwa.db import session
from pwa.models import OneTimeLink, User
from pwa.operations.accounts import sessions
from pwa.operations.accounts.tokens import token_hash
from pwa.operations.accounts.users import AccountError, fold_email
from pwa.operations.common.audit_log import audit_user

LINK_VALID_FOR = timedelta(days=7)
SHORTEST_PASSWORD = 10

hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Hashes a password with argon2. Raises AccountError for a short one.

    It takes 0.4 s by design, so never call it in a transaction: every other writer would wait.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise AccountError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    return hasher.hash(password)


def set_password(user: User, password_hash: str, now: datetime, present: str = "") -> None:
    """Stores a new password hash and ends all sessions of the user but the `present` token's."""
    user.password_hash = password_hash
    sessions.end_sessions_of(user, present)
    audit_user(user, "password set", now, user.id)


def check_password(password_hash: str | None, password: str) -> bool:
    """Verifies a password, in the same time for an unknown address (no user enumeration)."""
    try:
        return hasher.verify(password_hash or _dummy_hash(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _dummy_hash() -> str:
    return hasher.hash(secrets.token_hex())


def authenticate(email: str, password: str) -> User | None:
    """The active user with this address and password, or None."""
    user = session.scalar(sa.select(User).where(User.email == fold_email(email)))
    verified = check_password(user.password_hash if user else None, password)
    return user if user and verified and user.is_active else None


def make_link(user: User, now: datetime) -> str:
    """Creates a one-time link for `user`; returns its token. Earlier links are deleted."""
    session.execute(sa.delete(OneTimeLink).where(OneTimeLink.user_id == user.id))
    token = secrets.token_urlsafe(24)
    expires = now + LINK_VALID_FOR
    session.add(
        OneTimeLink(
            token_hash=token_hash(token), user_id=user.id, created_at=now, expires_at=expires
        )
    )
    return token


def link_owner(token: str, now: datetime) -> User | None:
    """The user of a one-time link that is unused and not expired, else None."""
    link = _open_link(token, now)
    return session.get(User, link.user_id) if link else None


def use_link(token: str, password_hash: str, now: datetime) -> User | None:
    """Sets the password and marks the link as used. None for a used or expired link."""
    link = _open_link(token, now)
    if link is None:
        return None
    user = session.get_one(User, link.user_id)
    set_password(user, password_hash, now)
    link.used_at = now
    return user


def _open_link(token: str, now: datetime) -> OneTimeLink | None:
    return session.scalar(
        sa.select(OneTimeLink)
        .join(User, User.id == OneTimeLink.user_id)
        .where(OneTimeLink.token_hash == token_hash(token), OneTimeLink.expires_at > now)
        .where(OneTimeLink.used_at.is_(None), User.deactivated_at.is_(None))
        .with_for_update(of=OneTimeLink)
    )
