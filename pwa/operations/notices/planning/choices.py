"""A person's choices about their notifications, stored with whatever follows from them."""

from dataclasses import dataclass
from datetime import datetime, time

from pwa.db import session
from pwa.models import Role, User
from pwa.operations.notices.planning.booked import keep_all_in_step
from pwa.rules.notices.settings import OPTIONAL, read_kinds, write_days, write_kinds
from pwa.rules.vocabulary.notice_kind import NoticeKind

_PROMISES = (NoticeKind.PROMISE, NoticeKind.PROMISE_TODAY)
# What somebody without clients of their own can be told about.
_OFFERED = {
    Role.MANAGER: OPTIONAL,
    Role.SUPERVISOR: (*_PROMISES, NoticeKind.OUTCOME, NoticeKind.MAIL),
    Role.ADMINISTRATOR: (*_PROMISES, NoticeKind.MAIL),
}


@dataclass(frozen=True, slots=True)
class NoticeChoices:
    """What comes, on which weekdays (none for the working days), how long ahead, and with which
    names. `visit_lead` is None for the time of travel."""

    kinds: frozenset[NoticeKind]
    days: frozenset[int]
    call_lead: int
    visit_lead: int | None
    timezone: str
    full_names: bool


def offered(user: User) -> tuple[NoticeKind, ...]:
    """The kinds that this user may turn off."""
    return _OFFERED[user.role]


def change(
    user: User, times: dict[str, time], choices: NoticeChoices | None, now: datetime
) -> None:
    """Stores times by column, and the choices unless None; booked reminders follow them."""
    user = session.get_one(User, user.id)
    for name, value in times.items():
        setattr(user, name, value)
    if choices:
        not_offered = read_kinds(user.muted_kinds) - set(offered(user))
        user.muted_kinds = write_kinds(not_offered | (set(offered(user)) - choices.kinds))
        user.notice_days = write_days(choices.days)
        user.call_lead_minutes = choices.call_lead
        user.visit_lead_minutes = choices.visit_lead
        user.timezone = choices.timezone
        user.full_names = choices.full_names
    keep_all_in_step(user, now)
