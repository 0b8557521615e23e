"""What is said of recoveries: to their manager, to the supervisor, and the morning after."""

from datetime import datetime
from typing import Any

from pwa.models import Role, User
from pwa.operations.notices.composing.due_notice import DueNotice
from pwa.operations.notices.composing.facts import (
    NOT_ACTIVE,
    SOMEONE_ELSE,
    Facts,
    Skip,
    number_in,
)
from pwa.operations.notices.composing.wording import WORDS
from pwa.operations.notices.planning.recoveries import OpenDeadline
from pwa.operations.text import datetime_text
from pwa.push import recovery_payload
from pwa.push.payload import Push, Who
from pwa.push.recovery_payload import Became, Recovery, What
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.rules.vocabulary.notice_kind import NoticeKind
from pwa.rules.vocabulary.timezones import local_day


def to_manager(notice: DueNotice, user: User, facts: Facts) -> Push | Skip:
    """A recovery notice: about one client, or about all of the user's that need a call."""
    whys = {subject: _not_due(subject, notice, user, facts) for subject in facts.subjects(notice)}
    subject = next((subject for subject, why in whys.items() if not why), None)
    if subject is None:
        return Skip(whys[notice.subject])
    mine = [open_ for open_ in facts.deadlines if facts.looks_after(open_.owner_id, user)]
    clients = {open_.client_id for open_ in mine}
    if len(clients) > 1:
        first = _first_of(mine, user, facts)
        return recovery_payload.troubles(WORDS, len(clients), first)
    recovery = facts.recoveries[number_in(subject)]
    return recovery_payload.trouble(WORDS, _event(subject), _said(recovery, user, facts))


def to_supervisor(notice: DueNotice, user: User, facts: Facts) -> Push | Skip:
    """An escalation, or as many as were merged."""
    whys = {subject: _not_due(subject, notice, user, facts) for subject in facts.subjects(notice)}
    told = [subject for subject, why in whys.items() if not why]
    if not told:
        return Skip(whys[notice.subject])
    numbers = {number_in(subject) for subject in told}
    if len(numbers) > 1:
        return recovery_payload.escalations(WORDS, len(numbers))
    recovery = facts.recoveries[number_in(told[0])]
    return recovery_payload.trouble(WORDS, _event(told[0]), _said(recovery, user, facts))


def outcome(notice: DueNotice, user: User, facts: Facts) -> Push | Skip:
    """What became of a missed deadline, or of all that were merged."""
    numbers = {number_in(subject) for subject in facts.subjects(notice)}
    known = [facts.recoveries[number] for number in sorted(numbers) if number in facts.recoveries]
    active = [recovery for recovery in known if recovery.status is ClientStatus.ACTIVE]
    if not active:
        return Skip(NOT_ACTIVE)
    if user.role is Role.MANAGER:
        active = [fact for fact in active if facts.looks_after(fact.owner_id, user)]
        if not active:
            return Skip(SOMEONE_ELSE)
    if len(active) > 1:
        waiting = sum(_became(recovery) is Became.WAITING for recovery in active)
        url = "/today" if user.role is Role.MANAGER else "/team"
        return recovery_payload.outcomes(WORDS, len(active), waiting, url)
    (recovery,) = active
    missed_at = facts.missed.get(recovery.id, recovery.escalated_at)
    day = datetime_text.day_phrase(missed_at, facts.now, user.zone)
    own = user.role is Role.MANAGER
    about = _said(recovery, user, facts)
    return recovery_payload.outcome(WORDS, _became(recovery), about, day, own=own)


def _event(subject: str) -> What:
    return What(subject.partition(":")[0])


def _not_due(subject: str, notice: DueNotice, user: User, facts: Facts) -> str:
    event = _event(subject)
    recovery = facts.recoveries.get(number_in(subject))
    if recovery is None or (recovery.closed and event is not What.CLOSED):
        return "It was put right meanwhile."
    if recovery.live and event is not What.AGAIN:
        return "They have talked about it already."
    to_owner = notice.kind is NoticeKind.RECOVERY
    if to_owner and not facts.looks_after(recovery.owner_id, user):
        return SOMEONE_ELSE
    return ""


def _became(recovery: Any) -> Became:
    if recovery.live:
        return Became.TALKED
    return Became.CLOSED if recovery.closed else Became.WAITING


def _said(fact: Any, user: User, facts: Facts) -> Recovery:
    deadline = next((open_ for open_ in facts.deadlines if open_.id == fact.id), None)
    who = Who(facts.contact(fact), fact.company, user.full_names)
    until = _today(deadline.deadline, user, facts) if deadline else None
    return Recovery(
        str(fact.id),
        who,
        fact.manager,
        f"/clients/{fact.client_id}",
        until.astimezone(user.zone).time() if until else None,
        round((until - facts.now).total_seconds() / 60) if until else None,
    )


def _first_of(mine: list[OpenDeadline], user: User, facts: Facts) -> Recovery:
    """The one with the nearest deadline that is still to come, else the one longest overdue."""
    first = next((open_ for open_ in mine if open_.deadline > facts.now), mine[0])
    until = _today(first.deadline, user, facts)
    by = until.astimezone(user.zone).time() if until else None
    fact = facts.recoveries[first.id]
    who = Who(facts.contact(fact), fact.company, user.full_names)
    return Recovery(str(fact.id), who, fact.manager, "/today", by)


def _today(deadline: datetime, user: User, facts: Facts) -> datetime | None:
    """The deadline where it is still to come on the user's present day."""
    if deadline <= facts.now:
        return None
    return deadline if local_day(deadline, user.zone) == local_day(facts.now, user.zone) else None
