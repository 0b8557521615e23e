"""One push per person and minute: what goes now, what waits, and what becomes part of another.

The digest counts the day's promises and missed deadlines, so it absorbs their notices; several of
one kind become one push that says how many. In the quiet hours everything but booked times waits
for their end and is merged there: they end in one catch-up (R13, R17).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pwa.rules.notices.due import AFTER_A_BOOKING
from pwa.rules.notices.settings import IN_QUIET_HOURS, NoticeSettings
from pwa.rules.vocabulary.notice_kind import NoticeKind

MINUTE = timedelta(minutes=1)
TOO_LATE = "It came too late to be of use."
QUIET = "It would have come in the quiet hours."
IN_DIGEST = "The morning's list says it."
IN_EVENING = "The evening's notice says it."
MERGED = "Combined with another notification."

# The first is sent first. A booked time has a minute of its own to keep, then a deadline runs.
_ORDER = (
    NoticeKind.BOOKED,
    NoticeKind.RECOVERY,
    NoticeKind.ESCALATION,
    NoticeKind.DIGEST,
    NoticeKind.UNLOGGED,
    NoticeKind.PROMISE_TODAY,
    NoticeKind.PROMISE,
    NoticeKind.EVENING,
    NoticeKind.OUTCOME,
)
# By the first of these that is due as well.
_ABSORBED_BY = {
    NoticeKind.PROMISE: ((NoticeKind.DIGEST, IN_DIGEST), (NoticeKind.PROMISE_TODAY, MERGED)),
    NoticeKind.PROMISE_TODAY: ((NoticeKind.DIGEST, IN_DIGEST),),
    NoticeKind.OUTCOME: ((NoticeKind.DIGEST, IN_DIGEST),),
    NoticeKind.UNLOGGED: ((NoticeKind.EVENING, IN_EVENING),),
}
# Those whose words count what is open now, so that one push says all of them.
COUNTED = frozenset(
    {
        NoticeKind.RECOVERY,
        NoticeKind.ESCALATION,
        NoticeKind.OUTCOME,
        NoticeKind.PROMISE,
        NoticeKind.PROMISE_TODAY,
        NoticeKind.UNLOGGED,
    }
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice of one person that is due."""

    id: int
    kind: NoticeKind
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """Ids to send now, ids with the time of their next try, and ids with why they are not sent."""

    send: tuple[int, ...] = ()
    later: tuple[tuple[int, datetime], ...] = ()
    absorbed: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class _Draft:
    send: list[int] = field(default_factory=list)
    later: list[tuple[int, datetime]] = field(default_factory=list)
    absorbed: list[tuple[int, str]] = field(default_factory=list)


def decide(
    waiting: Sequence[Waiting],
    now: datetime,
    settings: NoticeSettings | None = None,
    last_sent: datetime | None = None,
) -> Decision:
    """What becomes of one person's due notices; each id is in exactly one part of the decision.

    At most one is sent, unless another could not wait a minute; none within a minute of `last_sent`
    but booked times. A test is not counted: the user is looking. Without `settings` there are no
    quiet hours. Of several alike the one of use longest is kept.
    """
    draft = _Draft()
    awake = list(_without_quiet(_of_use(waiting, now, draft), now, settings, draft))
    kept = _absorb(sorted(awake, key=_order), draft)
    busy = last_sent is not None and now - last_sent < MINUTE
    for notice in kept:
        if notice.kind is NoticeKind.TEST:
            draft.send.append(notice.id)
        elif _must_wait(notice, busy, now) and notice.expires_at > now + MINUTE:
            draft.later.append((notice.id, now + MINUTE))
        else:
            draft.send.append(notice.id)
            busy = True
    return Decision(tuple(draft.send), tuple(draft.later), tuple(draft.absorbed))


def _must_wait(notice: Waiting, busy: bool, now: datetime) -> bool:
    """Whether this minute is taken; a booked time that comes within two minutes does not wait."""
    soon = (
        notice.kind is NoticeKind.BOOKED and notice.expires_at - AFTER_A_BOOKING < now + 2 * MINUTE
    )
    return busy and not soon


def _of_use(waiting: Iterable[Waiting], now: datetime, draft: _Draft) -> Iterable[Waiting]:
    for notice in waiting:
        if notice.expires_at <= now:
            draft.absorbed.append((notice.id, TOO_LATE))
        else:
            yield notice


def _without_quiet(
    waiting: Iterable[Waiting], now: datetime, settings: NoticeSettings | None, draft: _Draft
) -> Iterable[Waiting]:
    quiet = settings is not None and settings.is_quiet(now)
    for notice in waiting:
        if not quiet or settings is None or notice.kind in IN_QUIET_HOURS:
            yield notice
        elif (end := settings.end_of_quiet(now)) < notice.expires_at:
            draft.later.append((notice.id, end))
        else:
            draft.absorbed.append((notice.id, QUIET))


def _absorb(ordered: Sequence[Waiting], draft: _Draft) -> list[Waiting]:
    kinds = {notice.kind for notice in ordered}
    longest = {
        kind: max((n for n in ordered if n.kind is kind), key=lambda n: (n.expires_at, -n.id))
        for kind in kinds & COUNTED
    }
    kept = []
    for notice in ordered:
        whys = (why for by, why in _ABSORBED_BY.get(notice.kind, ()) if by in kinds)
        if why := next(whys, None):
            draft.absorbed.append((notice.id, why))
        elif longest.get(notice.kind, notice) is notice:
            kept.append(notice)
        else:
            draft.absorbed.append((notice.id, MERGED))
    return kept


def _order(notice: Waiting) -> tuple[int, datetime, int]:
    rank = _ORDER.index(notice.kind) if notice.kind in _ORDER else len(_ORDER)
    return rank, notice.expires_at, notice.id
