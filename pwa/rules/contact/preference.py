"""Contact preferences: compliance (R5), when to ask again (R4), the quarterly live offer (R6).

All days are in the manager's zone; a contact's hours are in their own.
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

COMPLIANCE_SAMPLE = 4
COMPLIANCE_PERIOD = timedelta(days=60)
LIVE_OFFER_INTERVAL = timedelta(days=91)
_KINDS = {
    Channel.PHONE: Kind.CALL,
    Channel.VIDEO: Kind.VIDEO,
    Channel.VISIT: Kind.VISIT,
    Channel.EMAIL: Kind.EMAIL,
    Channel.TEXT: Kind.TEXT,
}


class AskReason(StrEnum):
    """Why to ask for a contact's preference (R4)."""

    UNKNOWN = "unknown"
    OLD = "old"
    UNMET = "unmet"


class StoredAnswer(Protocol):
    """A stored answer: the day it was given, and whether it is the current one."""

    @property
    def asked_on(self) -> date | None: ...
    @property
    def is_current(self) -> bool: ...


A = TypeVar("A", bound=StoredAnswer)


@dataclass(frozen=True, slots=True)
class Compromise:
    """A compromise agreed beside the preference (R5).

    `channel` None allows any channel; `agreed_on` None means the day of the answer.
    """

    words: str = ""
    agreed_on: date | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A contact's full preference: availability, wished cadence, compromise.

    `only_when_needed` means that they expect no calls by cadence.
    """

    wishes: AvailabilityPreference
    how_often: Stage | None = None
    only_when_needed: bool = False
    compromise: Compromise | None = None


@dataclass(frozen=True, slots=True)
class ComplianceEntry:
    """The stored compliance of one interaction."""

    day: date
    kind: Kind
    direction: Direction
    stamp: Compliance


@dataclass(frozen=True, slots=True)
class UnmetPreference:
    """`missed` of the last `looked_at` interactions did not comply, most of them of `kind`."""

    missed: int
    looked_at: int
    kind: Kind


def kind_of(channel: Channel) -> Kind:
    """The kind of interaction that complies with `channel` (R5)."""
    return _KINDS[channel]


def answer_valid_on(answers: Iterable[A], day: date) -> A | None:
    """The latest answer given by `day` (R5); None without any.

    An answer without a date is always valid. Of two on one day the current one wins, else the
    later in `answers`.
    """
    latest: A | None = None
    for answer in answers:
        is_given = answer.asked_on is None or answer.asked_on <= day
        if is_given and (latest is None or _rank(answer) >= _rank(latest)):
            latest = answer
    return latest


def compliance(event: ContactEvent, answer: Answer | None, zone: ZoneInfo, day: date) -> Compliance:
    """The compliance of a conversation or attempt with the `answer` valid on its `day` (R5).

    NOT_ASKED without a known channel. Inbound contact is HONOURED. Outbound contact is HONOURED in
    the preferred kind and within the preferred days and hours of the contact's `zone`. Otherwise a
    compromise agreed by `day` covers its channel (any, if it names none) at all hours: COMPROMISE.
    The rest is NOT_HONOURED.
    """
    if answer is None or answer.wishes.channel is None:
        return Compliance.NOT_ASKED
    if event.direction is Direction.IN:
        return Compliance.HONOURED
    as_asked = event.kind is kind_of(answer.wishes.channel)
    if as_asked and _within_hours(answer.wishes, event.at, zone):
        return Compliance.HONOURED
    if _covers(answer, event.kind, day):
        return Compliance.COMPROMISE
    return Compliance.NOT_HONOURED


def ask_again(
    answer: Answer | None,
    recent: Iterable[ComplianceEntry],
    today: date,
    numbers: RuleSettings = DEFAULTS,
) -> AskReason | None:
    """Why to ask for the preference in the next conversation (R4), or None.

    UNKNOWN without a known channel, UNMET if recent contact does not comply, OLD after
    `numbers.ask_again_days`. An answer without a date (imported) never grows old.
    """
    if answer is None or answer.wishes.channel is None:
        return AskReason.UNKNOWN
    if unmet_preference(answer, recent, today):
        return AskReason.UNMET
    until = answer_fresh_until(answer, numbers)
    return AskReason.OLD if until is not None and today > until else None


def answer_fresh_until(answer: Answer | None, numbers: RuleSettings = DEFAULTS) -> date | None:
    """The last day before an answer is old (R4); None for one without a date."""
    asked = answer.wishes.asked_on if answer else None
    return later(asked, numbers.ask_again_days) if asked else None


def unmet_preference(
    answer: Answer, recent: Iterable[ComplianceEntry], today: date
) -> UnmetPreference | None:
    """Non-compliance of our contact (R4): at least two, and half, of the last four; else None.

    Considers outbound interactions of the last 60 days that followed the last answer. The caller
    leaves out those that the rules demand in another channel (recaps, recoveries).
    """
    first = today - COMPLIANCE_PERIOD
    asked = answer.wishes.asked_on
    ours = [
        entry
        for entry in recent
        if entry.direction is Direction.OUT
        and entry.stamp is not Compliance.NOT_ASKED
        and first <= entry.day <= today
        and (asked is None or entry.day > asked)
    ]
    last = sorted(ours, key=lambda entry: entry.day)[-COMPLIANCE_SAMPLE:]
    missed = Counter(entry.kind for entry in last if entry.stamp is Compliance.NOT_HONOURED)
    if missed.total() < 2 or 2 * missed.total() < len(last):
        return None
    return UnmetPreference(missed.total(), len(last), missed.most_common(1)[0][0])


def live_offer_due(
    answer: Answer | None, last_live: date | None, last_declined: date | None, today: date
) -> bool:
    """Whether to offer a live conversation to a contact who prefers writing (R6).

    Due 91 days after the last live conversation, the last declined offer and the answer,
    whichever is latest. Never if `only_when_needed`.
    """
    if answer is None or answer.only_when_needed:
        return False
    channel = answer.wishes.channel
    if channel is None or not channel.is_writing:
        return False
    days = filter(None, (last_live, last_declined, answer.wishes.asked_on))
    return all(today - day >= LIVE_OFFER_INTERVAL for day in days)


def _rank(answer: StoredAnswer) -> tuple[date, bool]:
    return answer.asked_on or date.min, answer.is_current


def _covers(answer: Answer, kind: Kind, day: date) -> bool:
    agreed = answer.compromise
    if agreed is None:
        return False
    since = agreed.agreed_on or answer.wishes.asked_on
    in_time = since is None or since <= day
    return in_time and (agreed.channel is None or kind is kind_of(agreed.channel))


def _within_hours(wishes: AvailabilityPreference, at: datetime, zone: ZoneInfo) -> bool:
    """Whether `at` is within the preferred days and hours; these may wrap midnight."""
    local = at.astimezone(zone)
    start, end = wishes.start or time(0), wishes.end or time(0)
    clock = local.time()
    over_midnight = end <= start
    inside = clock >= start or clock < end if over_midnight else start <= clock < end
    began = local - DAY if over_midnight and clock < min(start, end) else local
    return inside and (not wishes.days or began.weekday() in wishes.days)
