"""Contact events: which count as contact (R2), and what they settle (R22)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pwa.rules.vocabulary.enums import Channel, Direction, Kind, Outcome
from pwa.rules.vocabulary.timezones import local_day

UNREACHED = frozenset(
    {
        Outcome.VOICEMAIL,
        Outcome.NO_ANSWER,
        Outcome.BUSY,
        Outcome.NOT_IN,
        Outcome.COLLEAGUE_ANSWERED,
    }
)
TRIES_A_DAY = 2
BOOKING_LEAD = timedelta(minutes=30)
REACHED = frozenset({Outcome.SPOKE, Outcome.VISITED})
LIVE = tuple(kind for kind in Kind if kind.is_live)


@dataclass(frozen=True, slots=True)
class ContactEvent:
    """One conversation, message or attempt; `wanted` is the preferred channel valid on that day.

    `covered` are the ids of the requests discussed; `recap` marks a recap, `asks` a message that
    only asks for a time to talk, `also` a contact who took part beside the one it was with.
    """

    contact: int
    kind: Kind
    direction: Direction
    outcome: Outcome
    at: datetime
    wanted: Channel | None = None
    covered: frozenset[int] = frozenset()
    recap: bool = False
    asks: bool = False
    also: bool = False


@dataclass(frozen=True, slots=True)
class Tries:
    """Attempts to reach one contact on one day that failed (R21)."""

    count: int = 0
    voicemail: bool = False
    last: datetime | None = None

    @property
    def spent(self) -> bool:
        """Whether the daily limit of attempts is reached."""
        return self.count >= TRIES_A_DAY


NO_TRIES = Tries()


def is_live(kind: Kind, outcome: Outcome) -> bool:
    """Whether a call, video call or visit reached the contact (R1)."""
    return outcome in REACHED and kind.is_live


def counts_as_contact(interaction: ContactEvent) -> bool:
    """Whether the interaction counts as contact with its contact (R2).

    Live conversations count in either direction. Writing counts only outbound and in the very
    channel that a contact who prefers writing asked for; a message that only asks for a time to
    talk does not count (R21).
    """
    if is_live(interaction.kind, interaction.outcome):
        return True
    wanted = interaction.wanted
    return (
        interaction.outcome is Outcome.WRITTEN
        and not interaction.asks
        and interaction.direction is Direction.OUT
        and wanted is not None
        and wanted.is_writing
        and interaction.kind.value == wanted.value
    )


def settles_recovery(interaction: ContactEvent, contact: int, opened: datetime) -> bool:
    """Whether this is a live conversation with the contact concerned since `opened` (R15, R22).

    Writing never settles a recovery, not even for a contact who prefers writing.
    """
    return _live_with(interaction, contact) and interaction.at >= opened


@dataclass(frozen=True, slots=True)
class BookedTime:
    """A booking: with whom, how and when; `made` is the moment it was agreed, if known."""

    contact: int
    kind: Kind
    at: datetime
    made: datetime | None = None


def settles_booking(interaction: ContactEvent, booked: BookedTime, zone: ZoneInfo) -> bool:
    """Whether this is a live conversation of the booked kind with the booked contact (R22).

    It counts on the whole day of `zone`, earlier or later than the booked time, but not before the
    booking was agreed: whoever books the next call in a conversation has not had that call.
    """
    same_day = local_day(interaction.at, zone) == local_day(booked.at, zone)
    agreed_before = booked.made is None or interaction.at > booked.made
    return (
        _live_with(interaction, booked.contact)
        and interaction.kind is booked.kind
        and same_day
        and agreed_before
    )


def tries_on(
    interactions: Iterable[ContactEvent],
    contact: int,
    day: date,
    zone: ZoneInfo,
    since: datetime | None = None,
) -> Tries:
    """The failed attempts to reach `contact` on `day` of `zone` (R21), from events in any order.

    Attempts before contact that counts, or before `since`, are ignored. A colleague who answers
    counts like no answer; a wrong number is not an attempt.
    """
    count, voicemail, last = 0, False, None
    for event in sorted(interactions, key=lambda event: event.at):
        if event.contact != contact or local_day(event.at, zone) != day:
            continue
        if counts_as_contact(event):
            count, voicemail, last = 0, False, None
        elif is_try(event) and (since is None or event.at >= since):
            count, voicemail = count + 1, voicemail or event.outcome is Outcome.VOICEMAIL
            last = event.at
    return Tries(count, voicemail, last) if count else NO_TRIES


def is_try(event: ContactEvent) -> bool:
    """Whether this is an outbound attempt at a live conversation that failed (R21)."""
    return event.direction is Direction.OUT and event.kind.is_live and event.outcome in UNREACHED


def _live_with(interaction: ContactEvent, contact: int) -> bool:
    return interaction.contact == contact and is_live(interaction.kind, interaction.outcome)
