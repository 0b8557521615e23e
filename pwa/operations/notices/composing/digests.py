"""What is said in the morning and in the evening: the day list's own words and counts (R26)."""

from collections.abc import Iterable
from datetime import date, datetime, time
from operator import itemgetter

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Notice, Promise, User
from pwa.operations.accounts import covers
from pwa.operations.day_list import day_list
from pwa.operations.notices.composing.conversations import due_by
from pwa.operations.notices.composing.due_notice import DueNotice
from pwa.operations.notices.composing.facts import Facts, Skip
from pwa.operations.notices.composing.wording import WORDS
from pwa.operations.notices.from_phone.unlogged import count_to_log
from pwa.operations.notices.planning.promises import responsible_id
from pwa.operations.notices.planning.recipients import settings_of
from pwa.operations.notices.results import SENT
from pwa.operations.text import datetime_text
from pwa.push import notice_payload
from pwa.push.day_figures import First, Left, PromisesDue
from pwa.push.payload import Push, Who
from pwa.rules.day_list.remaining import Limit, limit_of
from pwa.rules.day_list.row import Row
from pwa.rules.notices.due import promised_until
from pwa.rules.notices.merge import IN_DIGEST
from pwa.rules.scheduling.availability import CLOSES
from pwa.rules.scheduling.working_time import STARTS
from pwa.rules.vocabulary.enums import ClientStatus, RowTier
from pwa.rules.vocabulary.notice_kind import NoticeKind
from pwa.rules.vocabulary.timezones import local_day, moment

ENOUGH = 3  # notifications of a day


def digest(notice: DueNotice, user: User, facts: Facts) -> Push | Skip:
    """The morning: what is left of the day, who is first, and what is promised."""
    now, today = facts.now, local_day(facts.now, user.zone)
    days = _promised(user, now)
    coming = [day for day in days if day > today]
    until = due_by(max(coming, default=today), now, user.zone)
    overdue = sum(day < today for day in days)
    due = PromisesDue(len(days) - len(coming) - overdue, len(coming), until, overdue)
    push = notice_payload.digest(WORDS, _left(user, now), due, _missed(user, now))
    return push or Skip("Nobody is on the list today.")


def evening(notice: DueNotice, user: User, facts: Facts) -> Push | Skip:
    """The evening: what nobody logged, and what is booked first on the next working day.

    Only for a call to log, a promise due, or a booked time to begin with: whoever else is first
    stands in the morning's notice, and a second push about it would be one too many.
    """
    now, today = facts.now, local_day(facts.now, user.zone)
    following = promised_until(today, settings_of(user))
    unlogged = count_to_log(user, now)
    due = sum(day > today for day in _promised(user, now))
    tomorrow = _left(user, moment(following, STARTS, user.zone), booked_first=True)
    agreed = tomorrow.first and tomorrow.first.at
    if not (unlogged or due or agreed):
        return Skip("There is nothing to log, and nothing agreed for the next working day.")
    if not (unlogged or due) and _sent_today(user, now) >= ENOUGH:
        return Skip("Enough notifications came today for what tomorrow's list says as well.")
    day = datetime_text.day_phrase(following, now, user.zone)
    left = _left(user, now).total
    push = notice_payload.evening(WORDS, unlogged, tomorrow, day, due, left)
    return push or Skip("There is nothing to say.")


def _sent_today(user: User, now: datetime) -> int:
    start = moment(local_day(now, user.zone), time(), user.zone)
    query = sa.select(sa.func.count()).select_from(Notice).where(Notice.user_id == user.id)
    sent = (Notice.result == SENT, Notice.settled_at.between(start, now))
    return session.scalars(query.where(*sent)).one()


def _missed(user: User, now: datetime) -> int:
    """How many missed deadlines this morning's list says instead of their own notice."""
    start = moment(local_day(now, user.zone), time(), user.zone)
    query = sa.select(sa.func.count()).select_from(Notice).where(Notice.user_id == user.id)
    absorbed = (Notice.kind == NoticeKind.OUTCOME, Notice.why == IN_DIGEST)
    return session.scalars(query.where(*absorbed, Notice.due_at.between(start, now))).one()


def _left(user: User, at: datetime, *, booked_first: bool = False) -> Left:
    day = day_list.for_manager(user, at)
    left = day.remaining
    wrong = sum(row.tier is RowTier.RECOVERY for row in day.rows)
    booked = _first_booked(day.rows, user, at) if booked_first else None
    row = booked or left.first
    first = _first(row, user, at) if row else None
    return Left(left.calls, left.visits, left.writes, wrong, first)


def _first_booked(rows: Iterable[Row], user: User, at: datetime) -> Row | None:
    """The first booked time of that day, which something more urgent may stand before."""
    limits = [(limit_of(row, at, user.zone), row) for row in rows]
    booked = [(limit[1], row) for limit, row in limits if limit and limit[0] is Limit.AT]
    return min(booked, key=itemgetter(0))[1] if booked else None


def _first(row: Row, user: User, at: datetime) -> First:
    who = Who(row.contact_name, row.client_name, user.full_names)
    limit, until = limit_of(row, at, user.zone) or (None, at)
    clock = until.astimezone(user.zone).time()
    return First(
        who,
        at=clock if limit is Limit.AT else None,
        # The usual end of a working day is not worth mentioning.
        before=clock if limit is Limit.BEFORE and clock < CLOSES else None,
        by=clock if limit is Limit.BY else None,
        recovery=row.tier is RowTier.RECOVERY,
    )


def _promised(user: User, now: datetime) -> list[date]:
    """The due days of the user's open promises until the next working day, past ones too (R17)."""
    today = local_day(now, user.zone)
    until = promised_until(today, settings_of(user))
    absent = list(covers.absent_for(user, now))
    mine = sa.or_(
        responsible_id == user.id,
        sa.and_(Promise.owner_id.is_(None), Client.owner_id.in_(absent)),
    )
    query = sa.select(Promise.falls_due).join(Client, Client.id == Promise.client_id)
    query = query.where(Promise.kept.is_(None), Promise.falls_due <= until)
    return list(session.scalars(query.where(mine, Client.status == ClientStatus.ACTIVE)))
