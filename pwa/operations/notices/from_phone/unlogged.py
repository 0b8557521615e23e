"""Calls that were begun and not logged: one reminder, ten minutes after the phone dialled."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from pwa.db import insert, session
from pwa.models import Client, Interaction, Notice, User
from pwa.operations.notices.from_phone.acknowledge import skip
from pwa.operations.notices.results import NO_CALL
from pwa.rules.notices.due import UNLOGGED_AFTER
from pwa.rules.notices.merge import MERGED
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.rules.vocabulary.notice_kind import NoticeKind
from pwa.rules.vocabulary.timezones import local_day, moment

VALID_FOR = timedelta(hours=2)
SAME_CLOCK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class CallToLog:
    """A call that was dialled and not logged, and the address of the form that logs it."""

    client_name: str
    url: str


def form_address(key: str, client_id: int, due_at: datetime) -> str:
    """The form that logs a call whose reminder was due then.

    The phone that dialled asks about the same key: logged there or here, it is one call.
    """
    begun = (due_at - UNLOGGED_AFTER).isoformat(timespec="seconds")
    asked = {"key": key, "client": client_id, "at": begun, "clock": "ours"}
    return f"/interactions/new?{urlencode(asked)}"


def count_to_log(user: User, now: datetime) -> int:
    """How many calls of today the user dialled and nobody logged."""
    return session.scalars(_to_log(sa.select(sa.func.count()), user, now)).one()


def calls_to_log(user: User, now: datetime) -> list[CallToLog]:
    """Those calls of clients who are active, from the oldest, wherever they were dialled."""
    columns = sa.select(Client.name, Notice.subject, Notice.client_id, Notice.due_at)
    query = _to_log(columns, user, now).join(Client, Client.id == Notice.client_id)
    query = query.where(Client.status == ClientStatus.ACTIVE).order_by(Notice.due_at, Notice.id)
    return [CallToLog(name, form_address(*about)) for name, *about in session.execute(query)]


def _to_log(query: sa.Select[*tuple[Any, ...]], user: User, now: datetime) -> sa.Select[Any]:
    """The first row of each call that the day's reminders are about, but those that were none."""
    logged = sa.exists().where(
        Interaction.client_id == Notice.client_id, Interaction.ref == Notice.subject
    )
    start = moment(local_day(now, user.zone), time(), user.zone)
    put_off = Notice.subject.contains("+", autoescape=True)  # its first row is counted
    mine = (Notice.user_id == user.id, Notice.kind == NoticeKind.UNLOGGED)
    query = query.select_from(Notice).where(*mine, ~logged, ~put_off)
    return query.where(Notice.why.is_distinct_from(NO_CALL), Notice.due_at.between(start, now))


def store_attempt(user: User, key: str, client: Client, at: datetime, now: datetime) -> None:
    """Plans the reminder of a call begun at `at` by the phone's clock; idempotent by `key`.

    A phone whose clock is wrong has just dialled. A call that is logged already needs none.
    """
    logged = sa.select(Interaction.id).where(Interaction.client_id == client.id)
    if session.scalar(logged.where(Interaction.ref == key)) is not None:
        return
    due = (at if abs(now - at) <= SAME_CLOCK else now) + UNLOGGED_AFTER
    row = {
        "user_id": user.id,
        "client_id": client.id,
        "kind": NoticeKind.UNLOGGED,
        "subject": key,
        "due_at": due,
        "expires_at": due + VALID_FOR,
        "next_try_at": due,
        "tries": 0,
    }
    session.execute(insert(Notice).values(row).on_conflict_do_nothing())


def remove_attempt(user: User, key: str, now: datetime) -> bool:
    """Ends the reminder of a call that did not take place; False if there never was one.

    One that was said or merged already is marked as well, so that no later count has it.
    """
    put_off = Notice.subject.startswith(f"{key}+", autoescape=True)
    about_it = sa.or_(Notice.subject == key, put_off)
    mine = (Notice.user_id == user.id, Notice.kind == NoticeKind.UNLOGGED, about_it)
    notices = session.scalars(sa.select(Notice).where(*mine)).all()
    for notice in notices:
        if notice.settled_at is None:
            skip(notice, NO_CALL, now)
            _part(user, notice.due_at, now)
    session.execute(sa.update(Notice).where(*mine).values(why=NO_CALL))
    return bool(notices)


def _part(user: User, since: datetime, now: datetime) -> None:
    """Lets the calls that were merged into one since it was due wait for themselves again."""
    mine = (Notice.user_id == user.id, Notice.kind == NoticeKind.UNLOGGED)
    merged = (Notice.why == MERGED, Notice.settled_at >= since, Notice.expires_at > now)
    again = {"settled_at": None, "result": None, "why": None, "next_try_at": now}
    session.execute(sa.update(Notice).where(*mine, *merged).values(again))
