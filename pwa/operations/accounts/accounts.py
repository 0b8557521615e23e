"""People of ours: made, signed in and out, given a link to set a password."""

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pwa.db import insert, session
from pwa.models import Audit, Cover, OneTimeLink, Role, SignIn, SignInTry, Team, User
from pwa.models.base import UtcDateTime

SIGNED_IN_FOR = timedelta(days=90)
LINK_VALID_FOR = timedelta(days=7)
TRIES_WINDOW = timedelta(minutes=15)
SHORTEST_PASSWORD = 10

hasher = PasswordHasher()


class AccountError(Exception):
    """Something about a person cannot be done; the message says why, to a person."""


def token_hash(token: str) -> str:
    """What we keep of a token that only its holder knows."""
    return hashlib.sha256(token.encode()).hexdigest()


def fold_email(email: str) -> str:
    """An address as we compare it."""
    return email.replace("\x00", "").strip().casefold()


def team_named(name: str) -> Team:
    """The team of that name, made when there is none."""
    found = session.scalar(sa.select(Team).where(Team.name == name.strip()))
    if found is None:
        found = Team(name=name.strip())
        session.add(found)
        session.flush()
    return found


def create_user(
    email: str, name: str, role: Role, team: Team, timezone: str, now: datetime
) -> User:
    """A new person without a password. Raises Refused for an address or zone that cannot work."""
    email = fold_email(email)
    if email.count("@") != 1 or email.startswith("@") or email.endswith("@"):
        raise AccountError(f"“{email}” is not an e-mail address.")
    if not name.strip():
        raise AccountError("A person needs a name.")
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise AccountError(f"“{timezone}” is not a time zone: write it as Europe/Oslo.") from None
    if session.scalar(sa.select(User.id).where(User.email == email)):
        raise AccountError(f"{email} is here already.")
    user = User(
        email=email, name=name.strip(), role=role, team=team, timezone=timezone, created_at=now
    )
    session.add(user)
    session.flush()
    return user


def hashed(password: str) -> str:
    """What we keep of a password. Raises Refused for a short one.

    It takes 0.4 s by design, so never call it in a unit of work: everyone else would wait.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise AccountError(f"A password needs at least {SHORTEST_PASSWORD} characters.")
    return hasher.hash(password)


def set_password(user: User, password_hash: str, now: datetime) -> None:
    """A new password; whoever is signed in as this person is signed out everywhere."""
    user.password_hash = password_hash
    session.execute(sa.delete(SignIn).where(SignIn.user_id == user.id))
    note(user, "password set", now, user.id)


def check_password(password_hash: str | None, password: str) -> bool:
    """Whether the password is theirs. Takes as long for an address that nobody has."""
    try:
        return hasher.verify(password_hash or _nobody(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return hasher.hash(secrets.token_hex())


def with_password(email: str, password: str) -> User | None:
    """The person who may sign in with these, or None."""
    user = session.scalar(sa.select(User).where(User.email == fold_email(email)))
    known = check_password(user.password_hash if user else None, password)
    return user if user and known and user.is_active else None


def check_rate_limit(keys: dict[str, int], now: datetime) -> bool:
    """Count a try for each key (name -> most in a quarter of an hour); False when one is spent."""
    allowed = True
    for key, most in keys.items():
        row = session.get(SignInTry, key, with_for_update=True)
        if row is None:
            values = {"key": key, "tries": 0, "window_from": now}
            session.execute(insert(SignInTry).values(**values).on_conflict_do_nothing())
            row = session.get_one(SignInTry, key, with_for_update=True)
        if now - row.window_from > TRIES_WINDOW:
            row.tries, row.window_from = 0, now
        row.tries += 1
        allowed = allowed and row.tries <= most
    return allowed


def reset_rate_limit(key: str) -> None:
    """Start counting anew for someone who got in."""
    session.execute(sa.delete(SignInTry).where(SignInTry.key == key))


def start_sign_in(user: User, browser: str, now: datetime) -> str:
    """Sign a person in at one place. Returns the token that only their cookie holds."""
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


def signed_in(token: str, now: datetime) -> tuple[User, datetime] | None:
    """Whose token this is and when it was last seen, while it holds and they may sign in."""
    day = timedelta(days=1)
    days = {"first": now.date() - day, "last": now.date() + day}
    values = {"token_hash": token_hash(token), "now": now, **days}
    found = session.execute(_signed_in(), values).first()
    if found is None:
        return None
    user: User = found[0]
    user.may_cover = found[2]
    return user, found[1]


@cache
def _signed_in() -> sa.Select[User, datetime, bool]:
    """Made once: every request asks this."""
    return (
        sa.select(User, SignIn.seen_at, _may_cover())
        .join(SignIn, SignIn.user_id == User.id)
        .where(SignIn.token_hash == sa.bindparam("token_hash"))
        .where(SignIn.expires_at > sa.bindparam("now", type_=UtcDateTime()))
        .where(User.deactivated_at.is_(None))
    )


def _may_cover() -> sa.ColumnElement[bool]:
    """Whether somebody's clients may be theirs to look after today, in whatever zone they are."""
    first, last = (sa.bindparam(name, type_=sa.Date()) for name in ("first", "last"))
    mine = sa.exists().where(Cover.covered_by_id == User.id)
    return mine.where(Cover.first_day <= last, Cover.last_day >= first)


def end_sign_in(token: str) -> None:
    """Sign out at this one place: a copied cookie is worth nothing afterwards."""
    session.execute(sa.delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def make_link(user: User, now: datetime) -> str:
    """A token that lets `user` set a password once; earlier ones end."""
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
    """Whom a one-time link is for, while it may be used."""
    link = _open_link(token, now)
    return session.get(User, link.user_id) if link else None


def use_link(token: str, password_hash: str, now: datetime) -> User | None:
    """Set the password by a link, which then ends. None when it was used or is too old."""
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


def note(user: User, action: str, now: datetime, by_id: int | None, **details: object) -> None:
    """Write down what was done to a person's account, when and by whom."""
    session.add(
        Audit(
            at=now,
            user_id=by_id,
            action=action,
            subject="user",
            subject_id=user.id,
            details=details,
        )
    )
