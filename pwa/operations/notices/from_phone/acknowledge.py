"""What became of a notice on its user's side: shown, opened, put off, or said on the page."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa

from pwa.db import insert, session
from pwa.i18n import gettext as _
from pwa.models import Client, Delivery, Device, Notice, SignIn, User
from pwa.operations.accounts.tokens import token_hash
from pwa.operations.clients import postponements
from pwa.operations.clients.postponements import PostponementTerms
from pwa.operations.day_list import day_list
from pwa.operations.notices.expand import NO_DEVICE
from pwa.operations.notices.planning.recipients import settings_of
from pwa.operations.notices.planning.rows import base_subject, row
from pwa.operations.notices.results import SENT, SKIPPED
from pwa.push.recovery_payload import What
from pwa.push.results import Delivered
from pwa.rules.day_list.postponements import MENTION_AFTER
from pwa.rules.notices import due
from pwa.rules.vocabulary.enums import RowTier
from pwa.rules.vocabulary.notice_kind import NoticeKind
from pwa.rules.vocabulary.timezones import local_day, moment

# About the whole list, or about a client whose turn it is: the only ones that can wait for a day
# without a reason.
ABOUT_THE_LIST = frozenset({NoticeKind.DIGEST, NoticeKind.EVENING})
SEEN_HERE = "It was seen on the page."
CLOSED_HERE = "It was closed on the page."
NEEDS_A_REASON = frozenset({RowTier.RECOVERY, RowTier.BOOKED, RowTier.PROMISE})


def mark_shown(notice: Notice, endpoint: str, now: datetime) -> None:
    """Stores that the device with this endpoint shows the notice; for its user's devices only.

    It is sent then, whatever became of the worker that sent it.
    """
    device_id = session.scalar(
        sa.select(Device.id).where(Device.user_id == notice.user_id, Device.endpoint == endpoint)
    )
    if device_id is None:
        return
    here = (Delivery.notice_id == notice.id, Delivery.device_id == device_id)
    session.execute(
        sa.update(Delivery).where(*here, Delivery.shown_at.is_(None)).values(shown_at=now)
    )
    sent = {"settled_at": now, "result": SENT, "why": Delivered().why, "claimed_until": None}
    session.execute(sa.update(Delivery).where(*here, Delivery.settled_at.is_(None)).values(sent))
    session.execute(sa.update(Device).where(Device.id == device_id).values(last_shown_at=now))


def test_notice(user: User, key: str) -> Notice:
    """The test notice of that key, which exists."""
    mine = sa.select(Notice).where(Notice.user_id == user.id, Notice.subject == key)
    return session.scalars(mine.where(Notice.kind == NoticeKind.TEST)).one()


def shown_on(notice: Notice, token: str) -> list[tuple[str, bool]]:
    """The devices of its user that have shown something since the notice was due, by name.

    And whether a device belongs to the session of this token; that one comes first.
    """
    here = sa.func.coalesce(SignIn.token_hash == token_hash(token), sa.false())
    theirs = sa.select(Device.name, here).outerjoin(SignIn, SignIn.id == Device.sign_in_id)
    theirs = theirs.where(Device.user_id == notice.user_id, Device.last_shown_at >= notice.due_at)
    rows = session.execute(theirs.order_by(Device.last_shown_at, Device.id)).all()
    return sorted(((name, bool(mine)) for name, mine in rows), key=lambda row: not row[1])


def mark_opened(notice: Notice, now: datetime) -> None:
    """Stores when the user opened the notice; the first time counts.

    One that a page said need not be sent any more.
    """
    first = sa.update(Notice).where(Notice.id == notice.id, Notice.opened_at.is_(None))
    session.execute(first.values(opened_at=now))
    if notice.expanded_at is None:
        skip(notice, "It was opened on the page.", now)


def mark_seen(notice: Notice, now: datetime) -> None:
    """Settles what a page showed to somebody who had it in hand, unless it is being sent."""
    if notice.expanded_at is None:
        skip(notice, SEEN_HERE, now)


def mark_closed(notice: Notice, now: datetime) -> None:
    """Ends a notice that was closed on a page, seen there before or not."""
    skip(notice, CLOSED_HERE, now)
    still_said = (Notice.id == notice.id, Notice.why.in_((SEEN_HERE, NO_DEVICE)))
    session.execute(sa.update(Notice).where(*still_said).values(why=CLOSED_HERE))


def skip(notice: Notice, why: str, now: datetime) -> None:
    """Settles what was not sent of the notice: `why` is a sentence for its user."""
    values = {"settled_at": now, "result": SKIPPED, "why": why}
    waiting = sa.update(Delivery).where(Delivery.notice_id == notice.id)
    session.execute(waiting.where(Delivery.settled_at.is_(None)).values(values))
    unsettled = sa.update(Notice).where(Notice.id == notice.id, Notice.settled_at.is_(None))
    session.execute(unsettled.values(values))


def comes_again(notice: Notice, user: User, now: datetime) -> datetime | None:
    """When the notice of that user comes again if it is put off for an hour; None for never."""
    times = _in_an_hour(notice, user, now)
    return times[0] if times else None


def put_off_an_hour(notice: Notice, user: User, now: datetime) -> datetime | None:
    """Plans the notice once more, in an hour or once the quiet hours end; returns when.

    None if it is of no use any more by then.
    """
    times = _in_an_hour(notice, user, now)
    if times is None:
        return None
    about = (notice.user_id, notice.kind, _next_subject(notice.subject))
    again = row(*about, *times, notice.client_id)
    session.execute(insert(Notice).values(again).on_conflict_do_nothing())
    skip(notice, "It was put off for an hour.", now)
    return times[0]


def _in_an_hour(notice: Notice, user: User, now: datetime) -> tuple[datetime, datetime] | None:
    is_deadline = notice.subject.partition(":")[0] == What.DEADLINE
    use = (notice.kind, notice.expires_at, settings_of(user))
    return due.put_off(*use, now, fixed=is_deadline)


def put_off_a_day(notice: Notice, client: Client | None, user: User, now: datetime) -> bool:
    """Puts the client of the notice off until tomorrow, as "Not now" on the list does (R21).

    False where that needs a reason: after something went wrong, for a promise and for a booked
    time, and the third time. A notice of no single client is over for today.
    """
    if notice.kind not in ABOUT_THE_LIST:
        return False
    if client is not None:
        if _needs_a_reason(client, now):
            return False
        tomorrow = moment(local_day(now, user.zone) + timedelta(days=1), time(), user.zone)
        terms = PostponementTerms(tomorrow, whole_day=True, reason=_("Not today"))
        postponements.postpone(client, terms, user, now)
    skip(notice, "It was put off until tomorrow.", now)
    return True


def _next_subject(subject: str) -> str:
    base = base_subject(subject)
    times = 0 if base == subject else int(subject.rpartition("+")[2])
    return f"{base}+{times + 1}"


def _needs_a_reason(client: Client, now: datetime) -> bool:
    if postponements.in_a_row(client) + 1 >= MENTION_AFTER:
        return True
    listed = day_list.row_of(client, now)
    return listed is not None and listed.tier in NEEDS_A_REASON
