"""Authorization: role checks, and loaders that answer 404 for inaccessible rows."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import sqlalchemy as sa
from flask import abort
from flask_login import current_user, login_required
from sqlalchemy.orm import joinedload
from werkzeug.routing import IntegerConverter, Map

from pwa import clock
from pwa.db import session
from pwa.models import Client, Role, User
from pwa.operations.accounts import covers

P = ParamSpec("P")
R = TypeVar("R")

MOST_ROWS = 2**31 - 1  # what a number of a row can be; a larger one would be an error to a database


class RowConverter(IntegerConverter):
    """`<int:...>` in an address: a number that a row can have, anything else is 404."""

    def __init__(self, map_: Map) -> None:
        super().__init__(map_, max=MOST_ROWS)


def row_number(text: str) -> int:
    """A row id from a field, as in `request.args.get("client", type=row_number)`; or ValueError."""
    number = int(text)
    if not 0 <= number <= MOST_ROWS:
        raise ValueError(text)
    return number


def role_required(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Sign-in first; then 404 for anyone whose role is not among `roles`."""

    def wrap(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        @login_required
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if current_user.role not in roles:
                abort(404)
            return view(*args, **kwargs)

        return guarded

    return wrap


def accessible_clients(user: User) -> sa.ColumnElement[bool]:
    """The condition for clients that a user may open: own and covered, the team's, or all."""
    if user.role == Role.MANAGER:
        covered = Client.owner_id.in_(covers.covered_owners(user, clock.now()))
        return sa.or_(Client.owner_id == user.id, covered)
    return _beyond_their_own(user)


def listed_clients(user: User) -> sa.ColumnElement[bool]:
    """Like `accessible_clients`, without OR, so that the index on owner_id is used."""
    if user.role == Role.MANAGER:
        others = covers.absent_for(user, clock.now())
        mine = Client.owner_id == user.id
        return Client.owner_id.in_((user.id, *others)) if others else mine
    return _beyond_their_own(user)


def _beyond_their_own(user: User) -> sa.ColumnElement[bool]:
    if user.role == Role.ADMINISTRATOR:
        return sa.true()
    return Client.owner_id.in_(sa.select(User.id).where(User.team_id == user.team_id))


def load_client(client_id: int, *, for_write: bool = False) -> Client:
    """The client, or 404. `for_write` locks its row (PostgreSQL) and reads it again."""
    query = sa.select(Client).where(Client.id == client_id, accessible_clients(current_user))
    query = query.options(joinedload(Client.owner))
    if for_write:
        query = query.with_for_update(of=Client).execution_options(populate_existing=True)
    return session.scalar(query) or abort(404)


def load_of_client(model: type[R], row_id: int, *, for_write: bool = False) -> R:
    """A row of an accessible client (a contact, a promise, a booking), or 404.

    `for_write` locks the client, as every write to it does, and then reads the row again.
    """
    query = sa.select(model).join(Client, Client.id == model.client_id)  # type: ignore[attr-defined]  # has one
    query = query.where(model.id == row_id, accessible_clients(current_user))  # type: ignore[attr-defined]  # too
    row = session.scalar(query) or abort(404)
    if not for_write:
        return row
    load_client(row.client_id, for_write=True)  # type: ignore[attr-defined]  # as above
    return session.scalar(query.execution_options(populate_existing=True)) or abort(404)
