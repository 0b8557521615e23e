"""The day list of a manager: candidates are read by index and arranged by the rules.

Due dates are stored on the client, so the first query reads a bounded number of rows however large
the book is: what fits the day and `SPARE` more, in the order of the greatest need
(docs/decisions/003-day-list.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pwa.calendars import for_country
from pwa.models import Client, User
from pwa.operations.accounts import covers
from pwa.operations.brief.brief import Brief, brief_of, last_words
from pwa.operations.client_state.loader import LoadedClient, load, load_these
from pwa.operations.client_state.map_place import MapPlace
from pwa.operations.day_list import candidates as candidate_query
from pwa.operations.day_list.itinerary import Itinerary, plan_itinerary
from pwa.operations.day_list.workload import Workload, workload_of
from pwa.rules.day_list.client_state import ManagerContext
from pwa.rules.day_list.day_list import CANNOT_WAIT, DayList, arrange, rows
from pwa.rules.day_list.remaining import Progress, Remaining, first_row
from pwa.rules.day_list.row import Row
from pwa.rules.scheduling.working_time import STARTS
from pwa.rules.vocabulary.calendar import next_working_day
from pwa.rules.vocabulary.enums import ReasonCode, RowKind, RowTier
from pwa.rules.vocabulary.timezones import local_day, moment


@dataclass(frozen=True, slots=True)
class Day:
    """The rows that fit the day, in order, with how many `more` are due and how many are `done`.

    `first` is the conversation to have now, with its `brief`. The rest is split into `tour`, the
    visits in driving order with calls between them (R20), then `calls`, then `quotes` and
    `roadmaps` (R19). `load` says whether the day is overloaded (R12). `covered` names the absent
    owner, by client id, of clients that the manager covers.
    """

    rows: tuple[Row, ...]
    first: Row | None
    calls: tuple[Row, ...]
    tour: Itinerary
    quotes: tuple[Row, ...]
    roadmaps: tuple[Row, ...]
    brief: Brief | None
    places: dict[int, MapPlace]
    more: int
    done: int
    load: Workload
    covered: dict[int, str]

    @property
    def visits(self) -> tuple[Row, ...]:
        """The visits in driving order."""
        return self.tour.visits

    def after(self, client_id: int) -> str:
        """The first name of the contact to call after that client; empty if there is none."""
        following = first_row(row for row in self.rows if row.client_id != client_id)
        return following.first_name if following else ""

    def from_tomorrow(self, now: datetime, zone: ZoneInfo) -> int:
        """How many rows wait for a later day; 0 while anyone can still be called today."""
        if any(row.open_now and row.tier not in CANNOT_WAIT for row in self.rows):
            return 0
        today = local_day(now, zone)
        waits = [row.waits_until for row in self.rows if row.waits_until]
        return sum(local_day(until, zone) > today for until in waits)

    @property
    def progress(self) -> Progress:
        """What is done and what is left: the ring, the heading and the board read it here."""
        return Progress(self.done, self.rows, self.more)

    @property
    def remaining(self) -> Remaining:
        """What is left of the day: its total is the number on the app's icon."""
        return self.progress.left


def manager_context(user: User) -> ManagerContext:
    """The manager's time zone and working days, as the rules need them."""
    return ManagerContext(user.zone, for_country(user.home_country))


def for_manager(user: User, now: datetime) -> Day:
    """The manager's day now, in five queries regardless of the size of the book."""
    absent = covers.absent_for(user, now)
    candidates = load_candidates(user, now, absent)
    day_list = arrange_rows(candidates, user, now)
    shown = day_list.rows[: day_list.fits]
    first = first_row(shown)
    today = local_day(now, user.zone)
    last = last_words(first, user, absent, now)
    brief = brief_of(first, candidates[first.client_id], last, now) if first else None
    places = {row.client_id: candidates[row.client_id].place for row in shown}
    later_rows = [row for row in shown if row is not first]
    soon = [row for row in later_rows if row.tier is not RowTier.LATER]
    visits = [row for row in soon if row.kind is RowKind.VISIT]
    calls = [row for row in soon if row.kind is not RowKind.VISIT]
    itinerary = plan_itinerary(visits, calls, places, first, now)
    unseen = count_unseen(candidates, last.due, today, now)
    return Day(
        rows=shown,
        first=first,
        calls=tuple(row for row in calls if not itinerary.has(row)),
        tour=itinerary,
        quotes=tuple(row for row in later_rows if _is_later(row, ReasonCode.QUOTE)),
        roadmaps=tuple(row for row in later_rows if _is_later(row, ReasonCode.ROADMAP)),
        brief=brief,
        places=places,
        more=day_list.more + unseen,
        done=last.done,
        load=workload_of(day_list, unseen, user.capacity_minutes),
        covered={row.client_id: absent.get(candidates[row.client_id].owner_id, "") for row in shown}
        if absent
        else {},
    )


def _is_later(row: Row, reason: ReasonCode) -> bool:
    return row.tier is RowTier.LATER and reason in (row.reason, row.step.of)


def count_unseen(candidates: dict[int, LoadedClient], due: int, today: date, now: datetime) -> int:
    """How many of the `due` clients of a manager are not among the candidates.

    Those that were put off are not counted, neither there nor here.
    """
    return max(0, due - sum(_is_due(candidate, today, now) for candidate in candidates.values()))


def _is_due(candidate: LoadedClient, today: date, now: datetime) -> bool:
    postponed = candidate.client.postponed
    is_put_off = postponed is not None and postponed.until > now
    return candidate.due_on is not None and candidate.due_on <= today and not is_put_off


def load_candidates(
    user: User, now: datetime, absent: Iterable[int], extra: int = 0
) -> dict[int, LoadedClient]:
    """The clients that may have a row on this manager's list, by id.

    `absent` are the ids of the users for whom the manager covers. `extra` raises the limit beyond
    what fits a day.
    """
    limit = candidate_query.limit_of(user) + extra
    owners = [user.id, *absent]
    values = {"owners": owners, "today": local_day(now, user.zone), "most": limit}
    return {c.client.id: c for c in load(candidate_query.of_one_list(), values, now)}


def arrange_rows(candidates: dict[int, LoadedClient], user: User, now: datetime) -> DayList:
    """The day list of the candidates, in the order of the rules."""
    clients = (candidate.client for candidate in candidates.values())
    return arrange(rows(clients, manager_context(user), now), user.capacity_minutes)


def displayed_time(user: User, now: datetime) -> datetime:
    """The time to show the list for: now, or on a day off the next working morning."""
    context = manager_context(user)
    today = local_day(now, context.zone)
    if context.calendar.is_working_day(today):
        return now
    return moment(next_working_day(today, context.calendar), STARTS, context.zone)


def whole_list(user: User, at: datetime, *, past: bool) -> list[Row]:
    """Every row of the list as it was at `at`, without a limit."""
    owners = {"owners": [user.id, *covers.absent_for(user, at)]}
    candidates = {c.client.id: c for c in load(candidate_query.active(), owners, at, past=past)}
    return list(arrange_rows(candidates, user, at).rows)


def row_of(client: Client, now: datetime) -> Row | None:
    """The row of one client on its owner's list today, if any."""
    loaded = {c.client.id: c for c in load_these([client.id], now)}
    return next(iter(arrange_rows(loaded, client.owner, now).rows), None)
