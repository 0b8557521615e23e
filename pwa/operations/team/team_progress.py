"""The days of many managers in numbers, each as its own list counts it (R26)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

import sqlalchemy as sa

from pwa.db import session
from pwa.models import User
from pwa.operations.accounts import covers
from pwa.operations.brief.day_counts import done_today, due_clients, terms_of
from pwa.operations.client_state.loader import LoadedClient, load_these
from pwa.operations.day_list import candidates, day_list
from pwa.operations.day_list.candidates import LISTS_AT_ONCE, ListTerms, limit_of
from pwa.rules.day_list.remaining import Progress
from pwa.rules.vocabulary.timezones import local_day, moment


@dataclass(frozen=True, slots=True)
class ManagerList:
    """A manager, for whom they stand in, and the moment that their list shows."""

    user: User
    absent: tuple[int, ...]
    shown: datetime

    @property
    def terms(self) -> ListTerms:
        """The terms by which its candidates are read."""
        owners = (self.user.id, *self.absent)
        today = local_day(self.shown, self.user.zone)
        return ListTerms(self.user.id, owners, today, limit_of(self.user))


@dataclass(frozen=True, slots=True)
class TeamDay:
    """The progress of each manager by user id, and the facts of clients that were asked for."""

    progress: dict[int, Progress]
    clients: dict[int, LoadedClient]


def of_managers(managers: Sequence[User], now: datetime, asked: Iterable[int] = ()) -> TeamDay:
    """What is done and left of each manager's day, as `day_list.for_manager` has it.

    In a fixed number of queries: one more read of clients only where lists show another moment,
    as on a day off in one country. The facts of the clients `asked` for are read along, at `now`.
    """
    absent = _absent_by_stand_in(now)
    lists = [
        ManagerList(user, tuple(absent[user.id]), day_list.displayed_time(user, now))
        for user in managers
    ]
    ids = candidates.of_lists(manager_list.terms for manager_list in lists)
    counts = _counts(lists)
    wanted: dict[datetime, set[int]] = defaultdict(set, {now: set(asked)})
    for of_list in lists:
        wanted[of_list.shown].update(ids[of_list.user.id])
    loaded = _loaded(wanted)
    progress = {
        of_list.user.id: _progress(
            of_list,
            {number: loaded[of_list.shown][number] for number in ids[of_list.user.id]},
            *counts[of_list.user.id],
        )
        for of_list in lists
    }
    return TeamDay(progress, loaded[now])


def _progress(
    of_list: ManagerList, known: dict[int, LoadedClient], due: int, done: int
) -> Progress:
    rows = day_list.arrange_rows(known, of_list.user, of_list.shown)
    today = of_list.terms.today
    unseen = day_list.count_unseen(known, due, today, of_list.shown)
    return Progress(done, rows.rows[: rows.fits], rows.more + unseen)


def _loaded(wanted: Mapping[datetime, set[int]]) -> dict[datetime, dict[int, LoadedClient]]:
    """The facts of the clients wanted at each moment, mostly at one, by id."""
    return {
        shown: {known.client.id: known for known in load_these(sorted(numbers), shown)}
        if numbers
        else {}
        for shown, numbers in wanted.items()
    }


def _absent_by_stand_in(now: datetime) -> dict[int, list[int]]:
    absent: dict[int, list[int]] = defaultdict(list)
    for absent_id, stand_ins in covers.stand_ins(now).items():
        for user_id in stand_ins:
            absent[user_id].append(absent_id)
    return absent


def _counts(lists: Sequence[ManagerList]) -> dict[int, tuple[int, int]]:
    """How many clients are due and what is done, by user id."""
    counts: dict[int, tuple[int, int]] = {}
    for first in range(0, len(lists), LISTS_AT_ONCE):
        queries = (_counts_of(of_list) for of_list in lists[first:][:LISTS_AT_ONCE])
        for user_id, due, done in session.execute(sa.union_all(*queries)):
            counts[user_id] = (due, done)
    return counts


def _counts_of(of_list: ManagerList) -> sa.Select[int, int, int]:
    user, shown = of_list.user, of_list.shown
    today = of_list.terms.today
    start = moment(today, time(), user.zone)
    terms = terms_of(user, of_list.absent, today, start, shown)
    return sa.select(sa.literal(user.id), due_clients(terms), done_today(terms))
