"""A mail to users whose devices show nothing (R26): one a day at most, and none in quiet hours.

Its row is settled here and never by the push engine. Mails are sent outside of any transaction; one
that a worker took and died with is sent by the next, so that it may come twice, but is not lost.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from config import Config
from pwa import mail
from pwa.db import changed, insert, session, writing
from pwa.models import Notice, Role, User
from pwa.operations.accounts import unreached_users
from pwa.operations.accounts.unreached_users import SILENCE
from pwa.operations.day_list import day_list
from pwa.operations.notices.planning.recipients import settings_of
from pwa.operations.notices.report import DeliveryLine
from pwa.operations.notices.results import FAILED, MAX_REASON, SENT, SKIPPED, WAITING
from pwa.operations.team import alerts
from pwa.operations.text.fallback_mail import Mail, Waiting, fallback_mail
from pwa.rules.vocabulary.notice_kind import NoticeKind
from pwa.rules.vocabulary.timezones import local_day

VALID_FOR = timedelta(hours=4)
RETRY_AFTER = timedelta(minutes=10)  # longer than a mail server takes to answer: a lease as well
BATCH = 5  # a slow mail server holds up nobody for longer
NAMES = 5

log = logging.getLogger(__name__)


def mail_due(now: datetime) -> list[DeliveryLine]:
    """Sends the mails that are due at `now`; returns a line for each that was tried or skipped.

    At most `BATCH` of them, and none after one that the mail server did not take.
    """
    _plan(now)
    lines: list[DeliveryLine] = []
    while len(lines) < BATCH and (notice := _claim(now)):
        lines.append(_deliver(notice, now))
        if lines[-1].result == WAITING:
            break
    return lines


def _plan(now: datetime) -> None:
    """Stores a row for each user to be mailed, unique by their day."""
    rows = list(_rows(now))
    if not rows:
        return
    with writing():
        session.execute(insert(Notice).values(rows).on_conflict_do_nothing())


def _rows(now: datetime) -> Iterator[dict[str, object]]:
    users = unreached_users.unreached(now)
    mailed = _mailed([user.id for user, _ in users], now) if users else set()
    for user, why in users:
        try:
            if (user.id, _subject(user, now)) not in mailed and _may_be_mailed(user, now):
                yield _row(user, why, now)
        except Exception:  # an invalid time zone of one user must not stop the rest
            log.exception("cannot plan the mail of user %s", user.id)


def _mailed(user_ids: list[int], now: datetime) -> set[tuple[int, str]]:
    """The users and days that have their mail already."""
    query = sa.select(Notice.user_id, Notice.subject).where(Notice.user_id.in_(user_ids))
    lately = now - 2 * SILENCE
    query = query.where(Notice.kind == NoticeKind.MAIL, Notice.due_at > lately)
    return {(user_id, subject) for user_id, subject in session.execute(query)}


def _may_be_mailed(user: User, now: datetime) -> bool:
    """Whether it is one of their days, outside quiet hours, and they want it."""
    settings = settings_of(user)
    if NoticeKind.MAIL in settings.muted or settings.is_quiet(now):
        return False
    return settings.is_working_day(local_day(now, user.zone))


def _subject(user: User, now: datetime) -> str:
    return local_day(now, user.zone).isoformat()


def _row(user: User, why: str, now: datetime) -> dict[str, object]:
    """The row; expanded and claimed throughout, so that the push engine leaves it alone."""
    return {
        "user_id": user.id,
        "kind": NoticeKind.MAIL,
        "subject": _subject(user, now),
        "due_at": now,
        "expires_at": now + VALID_FOR,
        "next_try_at": now,
        "expanded_at": now,
        "claimed_until": now + VALID_FOR + SILENCE,
        "tries": 0,
        "why": why,
    }


def _claim(now: datetime) -> Notice | None:
    """Takes the mail that waits longest, so that no other worker sends it for a while."""
    waits = (
        Notice.kind == NoticeKind.MAIL,
        Notice.settled_at.is_(None),
        Notice.next_try_at <= now,
    )
    first = sa.select(Notice.id).where(*waits).order_by(Notice.next_try_at, Notice.id).limit(1)
    number = session.scalar(first)
    if number is None:
        return None
    values = {"next_try_at": now + RETRY_AFTER, "tries": Notice.tries + 1}
    mine = sa.update(Notice).where(Notice.id == number, *waits).values(values)
    with writing():
        if not changed(mine, synchronize_session=False):
            return None  # another worker took it
        return session.get_one(Notice, number, populate_existing=True)


def _deliver(notice: Notice, now: datetime) -> DeliveryLine:
    user = session.get_one(User, notice.user_id)
    config: Config = current_app.config["ROUNDS"]
    if why := _reason_to_skip(notice, user, config, now):
        return _settle(notice, user, SKIPPED, why, now)
    words = _compose(user, notice.why or "", config.base_url, now)
    session.commit()  # no transaction stays open while the mail server is asked
    try:
        mail.send(str(config.smtp_url), config.smtp_from, user.email, words.subject, words.text)
    except mail.Unsent as problem:
        log.warning("no mail to user %s: %s", user.id, problem)
        why = f"The mail server did not take it ({problem})."
        if now + RETRY_AFTER >= notice.expires_at:
            return _settle(notice, user, FAILED, why, now, words)
        return _line(notice, user, WAITING, why, words)
    return _settle(notice, user, SENT, notice.why or "", now, words)


def _reason_to_skip(notice: Notice, user: User, config: Config, now: datetime) -> str:
    if not config.smtp_url:
        return "No mail server is set up here (SMTP_URL)."
    if not user.is_active:
        return "This person no longer signs in."
    if now >= notice.expires_at:
        return "It came too late to be of use."
    if session.scalar(sa.select(unreached_users.showed(now - SILENCE)).where(User.id == user.id)):
        return "A notification was shown meanwhile."
    return ""


def _compose(user: User, why: str, address: str, now: datetime) -> Mail:
    if user.role is Role.MANAGER:
        return fallback_mail(user.first_name, why, _list_of(user, now), address, "/today")
    needing = {alert.client_id for alert in alerts.all_alerts(user, now)}
    return fallback_mail(user.first_name, why, Waiting(needing=len(needing)), address, "/team")


def _list_of(user: User, now: datetime) -> Waiting:
    day = day_list.for_manager(user, now)
    rows = day.rows[:NAMES] if user.full_names else ()
    return Waiting(
        calls=day.remaining.calls,
        visits=day.remaining.visits,
        writes=day.remaining.writes,
        names=tuple(
            f"{row.contact_name}, {row.client_name}" if row.contact_name else row.client_name
            for row in rows
        ),
    )


def _settle(
    notice: Notice, user: User, result: str, why: str, now: datetime, words: Mail | None = None
) -> DeliveryLine:
    values = {"settled_at": now, "claimed_until": None, "result": result, "why": why[:MAX_REASON]}
    with writing():
        open_row = sa.update(Notice).where(Notice.id == notice.id, Notice.settled_at.is_(None))
        session.execute(open_row.values(values))
    return _line(notice, user, result, why, words)


def _line(notice: Notice, user: User, result: str, why: str, words: Mail | None) -> DeliveryLine:
    title, text = (words.subject, words.text) if words else (None, None)
    return DeliveryLine(user.email, notice.kind.value, None, title, text, result, why)
