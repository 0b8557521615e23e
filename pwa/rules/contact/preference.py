"""Whether what we do is what a contact asked for (R4, R5), and the talk offered each quarter (R6).

All days are days of the manager's zone; a contact's hours are by their own clock.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from pwa.rules.contact.contact_events import ContactEvent
from pwa.rules.scheduling.availability import AvailabilityPreference
from pwa.rules.vocabulary.calendar import DAY, later
from pwa.rules.vocabulary.enums import Channel, Compliance, Direction, Kind, Stage
from pwa.rules.vocabulary.settings import DEFAULTS, RuleSettings

LOOKED_AT = 4
LOOKED_BACK = timedelta(days=60)
OFFER_EVERY = timedelta(days=91)
_KINDS = {
    Channel.PHONE: Kind.CALL,
    Channel.VIDEO: Kind.VIDEO,
    Channel.VISIT: Kind.VISIT,
    Channel.EMAIL: Kind.EMAIL,
    Channel.TEXT: Kind.TEXT,
}


class AskReason(StrEnum):
    """Why to ask how they like to hear from us (R4)."""

    UNKNOWN = "unknown"
    OLD = "old"
    UNMET = "unmet"


class StoredAnswer(Protocol):
    """An answer as it is stored: the day it was given, and whether it is the one that stands."""

    @property
    def asked_on(self) -> date | None: ...
    @property
    def is_current(self) -> bool: ...


A = TypeVar("A", bound=StoredAnswer)


@dataclass(frozen=True, slots=True)
class Compromise:
    """What they agreed to besides (R5). `channel` None: no channel was named, any will do.

    `agreed_on` None: on the day of the answer that it belongs to.
    """

    words: str = ""
    agreed_on: date | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a contact said of how they like to hear from us.

    `only_when_needed` is for those who do not expect us by the rhythm.
    """

    wishes: AvailabilityPreference
    how_often: Stage | None = None
    only_when_needed: bool = False
    compromise: Compromise | None = None


@dataclass(frozen=True, slots=True)
class ComplianceEntry:
    """One interaction as it was stamped, on its day."""

    day: date
    kind: Kind
    direction: Direction
    stamp: Compliance


@dataclass(frozen=True, slots=True)
class UnmetPreference:
    """`missed` of the last `looked_at` were not what they asked for, most often a `kind`."""

    missed: int
    looked_at: int
    kind: Kind


def kind_of(channel: Channel) -> Kind:
    """The kind of interaction that a channel asks for (R5)."""
    return _KINDS[channel]


def answer_valid_on(answers: Iterable[A], day: date) -> A | None:
    """The answer valid on `day` (R5): the latest given by then; None when nobody had asked.

    One without a day was always valid. Of two of the same day the one that stands, else the one
    that comes later in `answers`.
    """
    found: A | None = None
    for one in answers:
        given = one.asked_on is None or one.asked_on <= day
        if given and (found is None or _rank(one) >= _rank(found)):
            found = one
    return found


def compliance(one: ContactEvent, answer: Answer | None, zone: ZoneInfo, day: date) -> Compliance:
    """How an interaction met the `answer` valid on its `day` (R5); attempts are stamped too.

    Without a known channel nothing could be met: not asked. What the contact began is what they
    wanted. What we begin has to be of the kind they asked for, on a day and at an hour that they
    named, by the clock of their `zone`; hours they left open are open. A compromise agreed by
    then covers its own channel, or where it names none whatever was done, at any hour.
    """
    if answer is None or answer.wishes.channel is None:
        return Compliance.NOT_ASKED
    if one.direction is Direction.IN:
        return Compliance.HONOURED
    as_asked = one.kind is kind_of(answer.wishes.channel)
    if as_asked and _at_their_hours(answer.wishes, one.at, zone):
        return Compliance.HONOURED
    if _covers(answer, one.kind, day):
        return Compliance.COMPROMISE
    return Compliance.NOT_HONOURED


def ask_again(
    answer: Answer | None,
    recent: Iterable[ComplianceEntry],
    today: date,
    numbers: RuleSettings = DEFAULTS,
) -> AskReason | None:
    """Why to ask in the next conversation, or None (R4).

    Not asked yet; what we do does not match (`unmet`); asked more than 180 days ago. An answer
    without a day, as lists bring it, does not grow old.
    """
    if answer is None or answer.wishes.channel is None:
        return AskReason.UNKNOWN
    if unmet_preference(answer, recent, today):
        return AskReason.UNMET
    until = answer_fresh_until(answer, numbers)
    return AskReason.OLD if until is not None and today > until else None


def answer_fresh_until(answer: Answer | None, numbers: RuleSettings = DEFAULTS) -> date | None:
    """The last day on which an answer is not old yet (R4); None for one without a day."""
    asked = answer.wishes.asked_on if answer else None
    return later(asked, numbers.ask_again_days) if asked else None


def unmet_preference(
    answer: Answer, recent: Iterable[ComplianceEntry], today: date
) -> UnmetPreference | None:
    """What we do that does not match (R4): at least half of the last four, and at least two.

    Looked at is what we began with that contact in the last 60 days, and since they were last
    asked: having asked puts an end to it. Whoever calls leaves out what the rules themselves
    demand in another channel, recaps and what a recovery asks for. None when it matches.
    """
    first = today - LOOKED_BACK
    asked = answer.wishes.asked_on
    ours = [
        one
        for one in recent
        if one.direction is Direction.OUT
        and one.stamp is not Compliance.NOT_ASKED
        and first <= one.day <= today
        and (asked is None or one.day > asked)
    ]
    last = sorted(ours, key=lambda one: one.day)[-LOOKED_AT:]
    missed = Counter(one.kind for one in last if one.stamp is Compliance.NOT_HONOURED)
    if missed.total() < 2 or 2 * missed.total() < len(last):
        return None
    return UnmetPreference(missed.total(), len(last), missed.most_common(1)[0][0])


def live_offer_due(
    answer: Answer | None, last_live: date | None, last_declined: date | None, today: date
) -> bool:
    """Whether to offer a live conversation to a contact who asked for writing (R6).

    Once a quarter: 91 days after the last live conversation, after they last declined one, and
    after they were asked. Never to somebody who only wants to hear when it concerns them.
    """
    if answer is None or answer.only_when_needed:
        return False
    channel = answer.wishes.channel
    if channel is None or not channel.is_writing:
        return False
    days = filter(None, (last_live, last_declined, answer.wishes.asked_on))
    return all(today - one >= OFFER_EVERY for one in days)


def _rank(answer: StoredAnswer) -> tuple[date, bool]:
    return answer.asked_on or date.min, answer.is_current


def _covers(answer: Answer, kind: Kind, day: date) -> bool:
    agreed = answer.compromise
    if agreed is None:
        return False
    since = agreed.agreed_on or answer.wishes.asked_on
    in_time = since is None or since <= day
    return in_time and (agreed.channel is None or kind is kind_of(agreed.channel))


def _at_their_hours(wishes: AvailabilityPreference, at: datetime, zone: ZoneInfo) -> bool:
    """Whether a moment lies in the days and hours they named; an evening may end past midnight."""
    local = at.astimezone(zone)
    start, end = wishes.start or time(0), wishes.end or time(0)
    clock = local.time()
    over_midnight = end <= start
    inside = clock >= start or clock < end if over_midnight else start <= clock < end
    began = local - DAY if over_midnight and clock < min(start, end) else local
    return inside and (not wishes.days or began.weekday() in wishes.days)
