"""Engine, session and unit of work: the one place that knows which database this is.

Reading and writing are different transactions. A request reads in a deferred transaction; a write
unit starts with `BEGIN IMMEDIATE` on SQLite, so that two writers queue instead of losing updates
(docs/decisions/002-write-units.md).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask, current_app
from flask.globals import app_ctx
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, scoped_session

try:  # a current SQLite where a wheel exists; the system's own elsewhere (see `doctor`)
    import pysqlite3 as sqlite_module
except ImportError:  # pragma: no cover - depends on the platform
    import sqlite3 as sqlite_module

WRITE = "rounds_write"
BUSY_SECONDS = 10
CACHE = "cache_size=-16000"  # kB a connection, at most: 2 MB is less than what one day list reads


def _open() -> Session:
    engine = current_app.extensions["engine"]
    # Inside a transaction that someone else began (a test's), ours is a savepoint of it.
    return Session(engine, expire_on_commit=False, join_transaction_mode="create_savepoint")


# One session for each application context: what a request and a command have alike.
session: scoped_session[Session] = scoped_session(
    _open,  # type: ignore[arg-type]  # any callable will do
    scopefunc=lambda: id(app_ctx._get_current_object()),  # type: ignore[attr-defined]  # a proxy
)


def changed(statement: sa.Update | sa.Delete, **options: Any) -> int:
    """Run it in the unit of work that is open. Returns how many rows it changed or deleted."""
    result = session.execute(statement, execution_options=options)
    return cast("sa.CursorResult[Any]", result).rowcount


def make_engine(url: str) -> sa.Engine:
    """An engine for `url`, with the settings that keep data safe on that database.

    Its errors go to a log: they hold the statement, and nothing of what people said.
    """
    if not url.startswith("sqlite"):
        engine = sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
        sa.event.listen(engine, "connect", _prepare_postgresql)
        sa.event.listen(engine, "handle_error", _without_the_row)
        return engine
    engine = sa.create_engine(
        url,
        module=sqlite_module,
        connect_args={"timeout": BUSY_SECONDS},
        pool_size=20,
        hide_parameters=True,
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, never by the driver
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", CACHE):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")  # else it waits for ever
    connection.autocommit = False


def _without_the_row(context: sa.ExceptionContext) -> None:
    """PostgreSQL shows the whole row that failed, from the second line of what it says on."""
    raised, told = context.original_exception, context.sqlalchemy_exception
    if context.statement is None or told is None:
        return
    whole = str(raised)
    first = whole.partition("\n")[0]
    raised.args = (first,)
    told.args = tuple(str(argument).replace(whole, first) for argument in told.args)


def _begin_sqlite(connection: sa.Connection) -> None:
    mode = "IMMEDIATE" if connection.get_execution_options().get(WRITE) else "DEFERRED"
    connection.exec_driver_sql(f"BEGIN {mode}")


def init_app(app: Flask) -> None:
    """Bind the session to the application's database and close it after each context."""
    app.extensions["engine"] = make_engine(app.config["DATABASE_URL"])

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        session.remove()


def read(
    statement: sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]],
    values: dict[str, Any],
) -> sa.CursorResult[*tuple[Any, ...]]:
    """Rows of plain columns for a statement that is made once and kept.

    What is pending is written first, as the session itself would; what it does beyond that for
    whole objects costs a page of five such reads a millisecond and more. Ask for `all()` of them:
    taken one by one, each row costs a call more.
    """
    current = session()
    current.flush()
    return current.connection().execute(statement, values)


@contextmanager
def writing() -> Iterator[Session]:
    """One unit of work: all of it is committed at the end, or none of it.

    What was read before is let go first, so that the write transaction sees the present. Functions
    handed to `after_commit` run once the commit is safe.
    """
    current = session()
    current.commit()
    current.connection(execution_options={WRITE: True})
    try:
        yield current
        current.commit()
    except BaseException:
        current.rollback()
        current.info.pop("after_commit", None)
        raise
    for follow_up in current.info.pop("after_commit", []):
        follow_up()


def after_commit(follow_up: Callable[[], object]) -> None:
    """Run `follow_up` when the present unit of work is committed; forget it when it fails."""
    session().info.setdefault("after_commit", []).append(follow_up)


def is_sqlite() -> bool:
    """Whether the data lie in a SQLite file."""
    return session().get_bind().dialect.name == "sqlite"


def insert(table: Any) -> Any:
    """An INSERT that knows `on_conflict_do_nothing` on both databases."""
    from sqlalchemy.dialects import postgresql, sqlite

    return (sqlite if is_sqlite() else postgresql).insert(table)


class days_between(sa.sql.functions.GenericFunction[int]):  # noqa: N801 - named as it is called
    """Whole days from one date to another: `days_between(earlier, later)` in a query."""

    type = sa.Integer()
    inherit_cache = True


@compiles(days_between, "sqlite")
def _days_on_sqlite(element: Any, compiler: Any, **kwargs: Any) -> str:
    earlier, later = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"(julianday({later}) - julianday({earlier}))"


@compiles(days_between, "postgresql")
def _days_on_postgresql(element: Any, compiler: Any, **kwargs: Any) -> str:
    earlier, later = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"(CAST({later} AS date) - CAST({earlier} AS date))"


class seconds_between(sa.sql.functions.GenericFunction[float]):  # noqa: N801 - named as it is called
    """Seconds from one moment to another: `seconds_between(earlier, later)` in a query."""

    type = sa.Float()
    inherit_cache = True


@compiles(seconds_between, "sqlite")
def _seconds_on_sqlite(element: Any, compiler: Any, **kwargs: Any) -> str:
    earlier, later = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"round((julianday({later}) - julianday({earlier})) * 86400, 3)"


@compiles(seconds_between, "postgresql")
def _seconds_on_postgresql(element: Any, compiler: Any, **kwargs: Any) -> str:
    earlier, later = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"EXTRACT(EPOCH FROM {later} - {earlier})"
