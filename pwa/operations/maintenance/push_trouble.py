"""What keeps notifications from people, for administrators: on their page and in `doctor`.

Nothing is deleted for any of it: a push service that refuses our key does not end a subscription.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from pwa.db import session
from pwa.models import Delivery, Device, Heartbeat, Notice, PushService, Role, User
from pwa.operations.text import datetime_text
from pwa.rules.vocabulary.notice_kind import NoticeKind

REFUSED_LATELY = timedelta(days=1)
SHOWS_NOTHING_AFTER = timedelta(days=3)
TOLD = (Role.MANAGER, Role.SUPERVISOR)  # what cannot wait is told to them
SWEEP_IS_LATE = timedelta(minutes=3)
LOOKED_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble with its remedy; `users` are those it keeps notifications from."""

    about: str
    problem: str
    remedy: str
    users: tuple[tuple[int, str], ...] = ()


def worker_trouble(now: datetime, zone: ZoneInfo) -> list[Trouble]:
    """What is wrong with the worker, without which nothing is sent at all. One query."""
    last = session.scalar(sa.select(Heartbeat.at).where(Heartbeat.name == "sweep"))
    if last is not None and now - last <= SWEEP_IS_LATE:
        return []
    problem = _("It has never run here, so no notification is sent.")
    if last is not None:
        when = _when(last, now, zone)
        problem = _("It last ran %(when)s: no notification is sent until it runs.", when=when)
    return [Trouble(_("Worker"), problem, _("Keep `flask --app pwa worker` running."))]


def push_trouble(now: datetime, zone: ZoneInfo) -> list[Trouble]:
    """All trouble, push services first; times are said in `zone`. Two queries."""
    services = session.scalars(sa.select(PushService).order_by(PushService.service)).all()
    return [
        *(_refusal(row, now, zone) for row in services if _refuses(row, now)),
        *(_open_breaker(row, now, zone) for row in services if _is_open(row, now)),
        *_unreached(now),
    ]


def _refuses(service: PushService, now: datetime) -> bool:
    """Whether it refused our key lately, or whenever its last answer was that."""
    if service.refused_at is None:
        return False
    last = service.answered_at is None or service.answered_at <= service.refused_at
    return last or service.refused_at > now - REFUSED_LATELY


def _refusal(service: PushService, now: datetime, zone: ZoneInfo) -> Trouble:
    assert service.refused_at is not None
    return Trouble(
        _host(service),
        _(
            "It refused our key %(when)s. %(why)s",
            when=_when(service.refused_at, now, zone),
            why=service.refused_why or "",
        ).strip(),
        _(
            "Set VAPID_CONTACT to an address that someone reads, check this server's clock, and"
            " bring back the key that devices were turned on with. No device was removed."
        ),
    )


def _is_open(service: PushService, now: datetime) -> bool:
    return service.open_until is not None and service.open_until > now


def _open_breaker(service: PushService, now: datetime, zone: ZoneInfo) -> Trouble:
    assert service.open_until is not None
    since = service.opened_at or now
    return Trouble(
        _host(service),
        _(
            "Failing since %(since)s; next try in %(seconds)d s. %(problem)s",
            since=_when(since, now, zone),
            seconds=math.ceil((service.open_until - now).total_seconds()),
            problem=service.last_problem or "",
        ).strip(),
        _(
            "Nothing to do for a short outage: the rest goes on. If it lasts, check that this"
            " server reaches %(service)s, and whether others report that it fails.",
            service=service.service,
        ),
    )


def _host(service: PushService) -> str:
    return urlsplit(service.service).hostname or service.service


def _when(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    return _("%(day)s at %(clock)s", day=datetime_text.day(at, now, zone), clock=_clock(at, zone))


def _clock(at: datetime, zone: ZoneInfo) -> str:
    """The time of day; outside of anybody's zone it says which one it is."""
    text = datetime_text.clock_time(at, zone)
    return f"{text} UTC" if zone.key == "UTC" else text


def _unreached(now: datetime) -> list[Trouble]:
    """The active managers and supervisors whom no device tells anything, by cause."""
    rows = session.execute(_people_without(now)).all()
    never = tuple((row.id, row.name) for row in rows if not row.devices)
    gone = tuple((row.id, row.name) for row in rows if row.devices and not row.working)
    silent = tuple((row.id, row.name) for row in rows if row.working)
    about = _("Notifications")
    troubles = [
        Trouble(about, _never(len(never)), _("Ask them to turn notifications on, on Me."), never),
        Trouble(
            about,
            ngettext(
                "%(num)d person has lost every device.",
                "%(num)d people have lost every device.",
                len(gone),
            ),
            _("Ask them to open Rounds on their phone and turn notifications on again, on Me."),
            gone,
        ),
        Trouble(
            about,
            ngettext(
                "%(num)d person was sent notifications and has seen none for three days.",
                "%(num)d people were sent notifications and have seen none for three days.",
                len(silent),
            ),
            _("Ask them to send themselves a test on Me, which says what to look for."),
            silent,
        ),
    ]
    return [trouble for trouble in troubles if trouble.users]


def _never(count: int) -> str:
    return ngettext(
        "%(num)d person has no device that takes notifications.",
        "%(num)d people have no device that takes notifications.",
        count,
    )


def _people_without(now: datetime) -> sa.Select[int, str, bool, bool]:
    """Those with no device, none that works, or none that showed anything lately."""
    devices = sa.exists().where(Device.user_id == User.id)
    working = devices.where(Device.gone_at.is_(None))
    query = sa.select(User.id, User.name, devices.label("devices"), working.label("working"))
    query = query.where(User.role.in_(TOLD), User.deactivated_at.is_(None))
    return query.where(sa.or_(~working, _shows_nothing(now))).order_by(User.name, User.id)


def _shows_nothing(now: datetime) -> sa.ColumnElement[bool]:
    """Whether a notification was sent three days ago, and none since was shown or opened."""
    since = now - SHOWS_NOTHING_AFTER
    shown = sa.exists().where(Device.user_id == User.id, Device.last_shown_at > since)
    opened = sa.exists().where(Notice.user_id == User.id, Notice.opened_at > since)
    unshown = (
        sa.select(Delivery.id)
        .join(Device, Device.id == Delivery.device_id)
        .join(Notice, Notice.id == Delivery.notice_id)
        .where(Device.user_id == User.id, Device.gone_at.is_(None))
        .where(Notice.kind != NoticeKind.TEST, Delivery.result == "sent")
        .where(Delivery.shown_at.is_(None))
        .where(Delivery.settled_at.between(now - LOOKED_BACK, since))
        .correlate(User)
    )
    return sa.and_(unshown.exists(), ~shown, ~opened)
