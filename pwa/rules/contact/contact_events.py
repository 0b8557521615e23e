"""What counts as contact, with whom, and what it settles (R2, R22)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pwa.rules.vocabulary.enums import Channel, Direction, Kind, Outcome
from pwa.rules.vocabulary.timezones import local_day

UNREACHED = frozenset({Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.NOT_IN})
TRIES_A_DAY = 2
BOOKING_LEAD = timedelta(minutes=30)
REACHED = frozenset({Outcome.SPOKE, Outcome.VISITED})
LIVE = tuple(kind for kind in Kind if kind.is_live)


@dataclass(frozen=True, slots=True)
class ContactEvent:
    """One attempt or conversation; `wanted` is the contact's channel as valid on that day.

    `covered` are the requests it was about, `recap` says that it sums up a conversation,
    `asks` that it only asks for a time to talk.
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


@dataclass(frozen=True, slots=True)
class Tries:
    """What was tried with one contact on one day without reaching them (R21)."""

    count: int = 0
    voicemail: bool = False
    last: datetime | None = None

    @property
    def spent(self) -> bool:
        """No further try today."""
        return self.count >= TRIES_A_DAY


NO_TRIES = Tries()


def is_live(kind: Kind, outcome: Outcome) -> bool:
    """A call, video or visit that reached the person (R1)."""
    return outcome in REACHED and kind.is_live


def counts_as_contact(interaction: ContactEvent) -> bool:
    """Whether it is contact with its contact (R2).

    Live conversations count whoever began them. Writing counts only as our update, in the very
    channel of a contact who asked for writing: a mail from them is not yet an answer from us, and a
    message that asks for a time to talk puts the conversation off (R21).
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
    """A live conversation with the contact concerned, since it was opened (R15, R22).

    Writing never settles one, not even for a contact who asked for writing.
    """
    return _live_with(interaction, contact) and interaction.at >= opened


def settles_booking(interaction: ContactEvent, contact: int, at: datetime) -> bool:
    """A live conversation with the contact booked, from half an hour before the time on.

    What was said earlier that day was not what the time was booked for.
    """
    return _live_with(interaction, contact) and interaction.at >= at - BOOKING_LEAD


def tries_on(
    interactions: Iterable[ContactEvent],
    contact: int,
    day: date,
    zone: ZoneInfo,
    since: datetime | None = None,
) -> Tries:
    """Our tries with `contact` on `day` of `zone` that reached nobody (R21), oldest first or not.

    Those before a conversation with the same contact, or before `since`, no longer matter. A
    wrong number is no try: that person's telephone never rang.
    """
    count, voicemail, last = 0, False, None
    for one in sorted(interactions, key=lambda one: one.at):
        if one.contact != contact or local_day(one.at, zone) != day:
            continue
        if counts_as_contact(one):
            count, voicemail, last = 0, False, None
        elif is_try(one) and (since is None or one.at >= since):
            count, voicemail = count + 1, voicemail or one.outcome is Outcome.VOICEMAIL
            last = one.at
    return Tries(count, voicemail, last) if count else NO_TRIES


def is_try(one: ContactEvent) -> bool:
    """An attempt of ours at a conversation that reached nobody (R21)."""
    return one.direction is Direction.OUT and one.kind.is_live and one.outcome in UNREACHED


def _live_with(interaction: ContactEvent, contact: int) -> bool:
    return interaction.contact == contact and is_live(interaction.kind, interaction.outcome)
