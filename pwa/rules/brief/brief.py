"""What to know before a conversation, in the order in which it is said (R18, R24)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pwa.rules.brief.open_question import OpenQuestion, open_question
from pwa.rules.contact.preference import AskReason
from pwa.rules.vocabulary.enums import Mood, NeedKind, Priority, RequestKind, Stage

_RANK = {Priority.HIGH: 0, Priority.MEDIUM: 1, Priority.LOW: 2}


@dataclass(frozen=True, slots=True)
class OpenRecovery:
    """Something that went wrong and is not closed; `talked` once we spoke about it live (R14).

    `again` says that the same went wrong here before (R16).
    """

    cause: str
    contact: int | None
    opened: datetime
    talked: bool = False
    make_good: str | None = None
    know_by: datetime | None = None
    again: bool = False
    id: int = 0

    @property
    def prepared(self) -> bool:
        """Whether we know what we will do about it, or by when we will (R14)."""
        return bool(self.make_good or self.know_by)


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise that is open; `days_late` counts calendar days past `due` (R17)."""

    ref: str
    words: str
    due: date
    days_late: int
    contact: int | None


@dataclass(frozen=True, slots=True)
class LateKeptPromise:
    """A promise that was kept after its day, by so many days (R18)."""

    words: str
    days: int
    kept: date


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """A request that is not done."""

    id: int
    ref: str
    title: str
    kind: RequestKind
    priority: Priority
    opened: date
    due: date | None = None
    contact: int | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What a contact said they need, want or think of us, and when (R24)."""

    id: int
    contact: int
    kind: NeedKind
    words: str
    said_on: date


@dataclass(frozen=True, slots=True)
class EndingIntensification:
    """An intensification that has ended, or whose last dense conversation this is (R10)."""

    stage: Stage
    until: date
    reason: str
    after: Stage
    ended: bool = False


@dataclass(frozen=True, slots=True)
class PastConversation:
    """A conversation on a day of the manager's, and what was noted of it; `by` is who had it."""

    at: datetime
    on: date
    contact: int | None
    by: int
    note: str | None = None
    minutes: int | None = None
    mood: Mood | None = None


@dataclass(frozen=True, slots=True)
class ContactRecency:
    """When a contact last heard from us; None for never (R7)."""

    contact: int
    name: str
    ref: str
    last: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Predecessor:
    """Who looked after the client before, as long as the new one has not talked there (R25)."""

    name: str
    on: date
    words: str | None = None


@dataclass(frozen=True, slots=True)
class BriefFacts:
    """What the brief is made from: plain facts, and what other rules found in them.

    `contact` is the person to reach, None for a client without anybody. `talks` are live or
    written conversations with anybody there, the newest first. `kept` counts promises kept in time
    and all whose day has come. `ask` is why to ask about their preference (R4).
    """

    contact: int | None
    today: date
    wrong: Sequence[OpenRecovery] = ()
    owed: Sequence[OpenPromise] = ()
    kept: tuple[int, int] = (0, 0)
    slips: Sequence[LateKeptPromise] = ()
    waiting: Sequence[PendingRequest] = ()
    uncovered: Sequence[PendingRequest] = ()
    ask: AskReason | None = None
    offer: Stage | None = None
    dense: EndingIntensification | None = None
    needs: Sequence[Need] = ()
    talks: Sequence[PastConversation] = ()
    heard: Sequence[ContactRecency] = ()
    predecessor: Predecessor | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """Fifteen seconds to read, in this order: what went wrong, what we owe, what they wait for,
    what was not gone through, what to ask and to offer, what they said, one open question.

    `slip` is the last promise that was kept late, as long as that is worth a word. `others` are
    the needs of other people there. `first` says that nobody there was ever talked with, `new` that
    this contact was not, though somebody else was.
    """

    contact: int | None
    wrong: tuple[OpenRecovery, ...]
    owed: tuple[OpenPromise, ...]
    kept: tuple[int, int]
    slip: LateKeptPromise | None
    waiting: tuple[PendingRequest, ...]
    uncovered: tuple[PendingRequest, ...]
    ask: AskReason | None
    offer: Stage | None
    dense: EndingIntensification | None
    needs: tuple[Need, ...]
    others: tuple[Need, ...]
    last: PastConversation | None
    mood: Mood | None
    question: OpenQuestion | None
    heard: tuple[ContactRecency, ...]
    predecessor: Predecessor | None = None
    first: bool = False
    new: bool = False

    @property
    def untalked(self) -> tuple[OpenRecovery, ...]:
        """What went wrong and has not been talked about: the call is an apology (R14)."""
        return tuple(one for one in self.wrong if not one.talked)

    @property
    def second_time(self) -> bool:
        """Something that is open went wrong before, for the same cause (R16)."""
        return any(one.again for one in self.wrong)

    @property
    def late(self) -> tuple[OpenPromise, ...]:
        """Promises past their day."""
        return tuple(one for one in self.owed if one.days_late)


def brief(facts: BriefFacts) -> Brief:
    """The brief of these facts (R18, R24): the same facts always give the same."""
    theirs = _newest(one for one in facts.needs if one.contact == facts.contact)
    wrong = tuple(sorted(facts.wrong, key=lambda one: (one.talked, not one.again, one.opened)))
    mood = _mood(facts)
    last = facts.talks[0] if facts.talks else None
    spoken = {one.contact for one in facts.heard if one.last} | {one.contact for one in facts.talks}
    return Brief(
        contact=facts.contact,
        wrong=wrong,
        owed=tuple(sorted(facts.owed, key=lambda one: (one.due, one.ref))),
        kept=facts.kept,
        slip=_slip(facts),
        waiting=tuple(sorted(facts.waiting, key=_by_weight)),
        uncovered=tuple(sorted(facts.uncovered, key=_by_weight)),
        ask=facts.ask if facts.contact is not None else None,
        offer=facts.offer,
        dense=facts.dense,
        needs=theirs,
        others=_newest(one for one in facts.needs if one.contact != facts.contact),
        last=last,
        mood=mood,
        question=open_question(
            [one.kind for one in theirs],
            apology=any(not one.talked for one in wrong),
            worried=mood is Mood.WORRIED,
        )
        if facts.contact is not None
        else None,
        heard=tuple(facts.heard),
        predecessor=facts.predecessor,
        first=not spoken,
        new=bool(spoken) and facts.contact is not None and facts.contact not in spoken,
    )


def _by_weight(one: PendingRequest) -> tuple[int, date, int]:
    return (_RANK[one.priority], one.opened, one.id)


def _newest(needs: Iterable[Need]) -> tuple[Need, ...]:
    return tuple(sorted(needs, key=lambda one: (one.said_on, one.id), reverse=True))


def _mood(facts: BriefFacts) -> Mood | None:
    """How the contact was when we last talked with them; unknown where nobody said."""
    theirs = next((one for one in facts.talks if one.contact == facts.contact), None)
    return theirs.mood if theirs else None


def _slip(facts: BriefFacts) -> LateKeptPromise | None:
    """The last promise that was kept late, until a conversation on a later day."""
    newest = max(facts.slips, key=lambda one: one.kept, default=None)
    if newest is None or any(one.on > newest.kept for one in facts.talks):
        return None
    return newest
