"""Whether reminders help: how many were taken up soon after. For a team, never for a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from pwa.db import seconds_between, session
from pwa.models import Delivery, Interaction, Notice, User
from pwa.operations.team.alerts import supervised_users
from pwa.rules.vocabulary.notice_kind import NoticeKind

LATELY = timedelta(days=7)
SOON = timedelta(minutes=15)
LEAST = 5  # notices; of fewer the figure says nothing, or too much about one person

# What asks for a conversation now. A call that is not logged has taken place already.
ASKING = (
    NoticeKind.BOOKED,
    NoticeKind.PROMISE,
    NoticeKind.PROMISE_TODAY,
    NoticeKind.RECOVERY,
    NoticeKind.OUTCOME,
)


@dataclass(frozen=True, slots=True)
class ReminderHelp:
    """How many reminders about a client were sent, and how many of them were taken up soon."""

    sent: int
    taken_up: int


def reminder_help(viewer: User, now: datetime) -> ReminderHelp | None:
    """The last seven days of the viewer's team, in one query; None for fewer than `LEAST`."""
    counts = ReminderHelp(*session.execute(_counts(viewer, now)).one())
    return counts if counts.sent >= LEAST else None


def _counts(viewer: User, now: datetime) -> sa.Select[int, int]:
    """Notices sent, and those followed by an interaction of their user with their client."""
    sent = _sent(viewer, now).subquery()
    soon = (
        sa.exists()
        .where(Interaction.client_id == sent.c.client_id, Interaction.user_id == sent.c.user_id)
        .where(Interaction.superseded_at.is_(None), Interaction.at >= sent.c.since)
        .where(seconds_between(sent.c.since, Interaction.at) <= SOON.total_seconds())
    )
    taken_up = sa.func.coalesce(sa.func.sum(sa.case((soon, 1), else_=0)), 0)
    return sa.select(sa.func.count(), taken_up).select_from(sent)


def _sent(viewer: User, now: datetime) -> sa.Select[*tuple[Any, ...]]:
    """The notices with when each was first shown, or first sent where no device says so."""
    first = sa.func.coalesce(sa.func.min(Delivery.shown_at), sa.func.min(Delivery.settled_at))
    shown = sa.select(first).where(Delivery.notice_id == Notice.id, Delivery.result == "sent")
    since = sa.func.coalesce(shown.scalar_subquery(), Notice.settled_at).label("since")
    return (
        sa.select(Notice.user_id, Notice.client_id, since)
        .join(User, User.id == Notice.user_id)
        .where(Notice.settled_at > now - LATELY, Notice.result == "sent")
        .where(Notice.client_id.is_not(None), Notice.kind.in_(ASKING), supervised_users(viewer))
    )
