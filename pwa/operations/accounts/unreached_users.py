"""Users whom notifications do not reach: none was shown on any device of theirs for a day."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _

from pwa.db import session
from pwa.models import Delivery, Device, Notice, User
from pwa.rules.vocabulary.notice_kind import NoticeKind

SILENCE = timedelta(days=1)
LOOKED_BACK = timedelta(days=8)  # whoever was away for longer begins anew


def unreached(now: datetime) -> list[tuple[User, str]]:
    """The active users with notices of the last day that none of their devices showed, and why."""
    since = now - SILENCE
    recent = sa.select(Notice.user_id).where(Notice.settled_at > since, _is_push())
    gone, failed, silent = all_gone(), _failed(since), _silent(now)
    query = sa.select(User, gone, failed).where(User.id.in_(recent.distinct()))
    query = query.where(User.deactivated_at.is_(None), ~showed(since))
    query = query.where(sa.or_(gone, failed, silent)).order_by(User.id)
    return [(user, _why(*causes)) for user, *causes in session.execute(query)]


def _why(gone: bool, failed: bool) -> str:
    if gone:
        return _("None of your devices takes them any more.")
    if failed:
        return _("The push service did not take them.")
    return _("They were sent, but no device of yours has shown any for a day.")


def _is_push() -> sa.ColumnElement[bool]:
    return Notice.kind.not_in((NoticeKind.MAIL, NoticeKind.TEST))


def showed(since: datetime) -> sa.ColumnElement[bool]:
    """Whether a device showed a notification, or one was opened, after `since`."""
    shown = sa.exists().where(Device.user_id == User.id, Device.last_shown_at > since)
    opened = sa.exists().where(Notice.user_id == User.id, Notice.opened_at > since)
    return sa.or_(shown, opened)


def all_gone() -> sa.ColumnElement[bool]:
    """Whether the user had devices, and none is left. Who never had one is not mailed."""
    devices = sa.exists().where(Device.user_id == User.id)
    return sa.and_(devices, ~devices.where(Device.gone_at.is_(None)))


def _failed(since: datetime) -> sa.ColumnElement[bool]:
    mine = sa.exists().where(Notice.user_id == User.id, _is_push())
    return mine.where(Notice.result == "failed", Notice.settled_at > since)


def _silent(now: datetime) -> sa.ColumnElement[bool]:
    """Whether a notification was sent a day ago, and nothing was shown since on any device.

    A device that was turned on since then has its chance first.
    """
    since = now - SILENCE
    shown = sa.exists().where(
        Device.user_id == User.id, Device.last_shown_at >= Delivery.settled_at
    )
    new = sa.exists().where(Device.user_id == User.id, Device.created_at > since)
    unshown = (
        sa.select(Delivery.id)
        .join(Notice, Notice.id == Delivery.notice_id)
        .where(Notice.user_id == User.id, Notice.kind != NoticeKind.TEST)
        .where(Delivery.result == "sent", Delivery.shown_at.is_(None))
        .where(Delivery.settled_at.between(now - LOOKED_BACK, since))
        .where(~shown.correlate(User, Delivery))
        .correlate(User)
    )
    return sa.and_(unshown.exists(), ~new)
