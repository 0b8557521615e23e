"""The close of a day: what is not logged, what was promised today, who is first next (R26).

The counts are those of the evening's notice.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pwa.db import session
from pwa.models import Promise, User
from pwa.operations.day_list import day_list
from pwa.operations.notices.from_phone.unlogged import count_to_log
from pwa.operations.notices.planning.recipients import settings_of
from pwa.rules.day_list.row import Row
from pwa.rules.notices.due import promised_until
from pwa.rules.scheduling.working_time import STARTS
from pwa.rules.vocabulary.timezones import local_day, moment

PROMISES_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class DayClose:
    """`promised` are the open promises made today, `more` of them beyond those.

    `first` is the first row of the next working day, which begins at `next_start`.
    """

    unlogged: int
    promised: list[Promise]
    more: int
    first: Row | None
    next_start: datetime


def for_manager(user: User, now: datetime) -> DayClose:
    """The close of the manager's day: the day list of the next one, and two queries."""
    today = local_day(now, user.zone)
    following = moment(promised_until(today, settings_of(user)), STARTS, user.zone)
    promised = _promised(user, today)
    return DayClose(
        count_to_log(user, now),
        [promise for promise, _total in promised],
        promised[0][1] - len(promised) if promised else 0,
        day_list.for_manager(user, following).remaining.first,
        following,
    )


def _promised(user: User, today: date) -> list[Any]:
    """The open promises that the user made today, each with how many there are."""
    query = (
        sa.select(Promise, sa.func.count().over())
        .where(Promise.kept.is_(None), Promise.falls_due >= today)
        .where(Promise.made == today, Promise.made_by_id == user.id)
        .options(joinedload(Promise.client), joinedload(Promise.contact))
        .order_by(Promise.falls_due, Promise.id)
        .limit(PROMISES_AT_MOST)
    )
    return list(session.execute(query))
