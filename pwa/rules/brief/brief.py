"""The brief before a conversation, in the order of speaking (R18, R24)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pwa.rules.brief.open_question import OpenQuestion, open_question
from pwa.rules.contact.preference import AskReason
from pwa.rules.vocabulary.enums import Mood, NeedKind, Priority, RequestKind, Stage

_RANK = {Priority.HIGH: 0, Priority.MEDIUM: 1, Priority.LOW: 2}


@dataclass(frozen=True, slots=True)
class OpenRecovery:
    """A recovery that is not closed; `talked` after a live conversation about it (R14).

    `again` says that the same cause occurred before (R16).
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
        """Whether the make-good or the day of an answer is known (R14)."""
        return bool(self.make_good or self.know_by)


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """An open promise; `days_late` counts calendar days past `due` (R17)."""

    ref: str
    words: str
    due: date
    days_late: int
    contact: int | None


@dataclass(frozen=True, slots=True)
class LateKeptPromise:
    """A promise that was kept `days` calendar days late (R18)."""

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
    """A need, want or opinion that a contact stated (R24)."""

    id: int
    contact: int
    kind: NeedKind
    words: str
    said_on: date


@dataclass(frozen=True, slots=True)
class EndingIntensification:
    """An intensification that ended, or ends with this conversation (R10)."""

    stage: Stage
    until: date
    reason: str
    after: Stage
    ended: bool = False


@dataclass(frozen=True, slots=True)
class PastConversation:
    """A past conversation; `on` is its day in the manager's zone, `by` the id of the user."""

    at: datetime
    on: date
    contact: int | None
    by: int
    note: str | None = None
    minutes: int | None = None
    mood: Mood | None = None


@dataclass(frozen=True, slots=True)
class ContactRecency:
    """The last contact with one contact person (R7); None for never."""

    contact: int
    name: str
    ref: str
    last: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The previous manager, until the new one has had a conversation (R25)."""

    name: str
    on: date
    words: str | None = None


@dataclass(frozen=True, slots=True)
class BriefFacts:
    """The input of a brief: stored facts and the decisions of other rules.

    `contact` is the contact to reach, if any. `talks` are conversations, live or written, with
    anyone at the client, newest first. `kept` counts promises kept in time and all settled ones.
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
    intensification: EndingIntensification | None = None
    needs: Sequence[Need] = ()
    talks: Sequence[PastConversation] = ()
    heard: Sequence[ContactRecency] = ()
    predecessor: Predecessor | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief, in reading order: recoveries, promises, requests, uncovered requests, what to
    ask and to offer, needs, one open question.

    `slip` is the last promise kept late, until mentioned. `others` are needs of the contact's
    colleagues. `first` says that nobody at the client was ever reached, `new` that this contact
    was not.
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
    intensification: EndingIntensification | None
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
        """Recoveries without a conversation yet: the call is an apology (R14)."""
        return tuple(recovery for recovery in self.wrong if not recovery.talked)

    @property
    def second_time(self) -> bool:
        """Whether an open recovery repeats an earlier cause (R16)."""
        return any(recovery.again for recovery in self.wrong)

    @property
    def late(self) -> tuple[OpenPromise, ...]:
        """The promises past their due day."""
        return tuple(promise for promise in self.owed if promise.days_late)


def brief(facts: BriefFacts) -> Brief:
    """The brief of these facts (R18, R24); deterministic."""
    needs = _newest(need for need in facts.needs if need.contact == facts.contact)
    mood = _mood(facts)
    reached = {r.contact for r in facts.heard if r.last} | {t.contact for t in facts.talks}
    return Brief(
        contact=facts.contact,
        wrong=tuple(sorted(facts.wrong, key=lambda r: (r.talked, not r.again, r.opened))),
        owed=tuple(sorted(facts.owed, key=lambda promise: (promise.due, promise.ref))),
        kept=facts.kept,
        slip=_slip(facts),
        waiting=tuple(sorted(facts.waiting, key=_by_priority)),
        uncovered=tuple(sorted(facts.uncovered, key=_by_priority)),
        ask=facts.ask if facts.contact is not None else None,
        offer=facts.offer,
        intensification=facts.intensification,
        needs=needs,
        others=_newest(need for need in facts.needs if need.contact != facts.contact),
        last=facts.talks[0] if facts.talks else None,
        mood=mood,
        question=open_question(
            [need.kind for need in needs],
            apology=any(not recovery.talked for recovery in facts.wrong),
            worried=mood is Mood.WORRIED,
        )
        if facts.contact is not None
        else None,
        heard=tuple(facts.heard),
        predecessor=facts.predecessor,
        first=not reached,
        new=bool(reached) and facts.contact is not None and facts.contact not in reached,
    )


def _by_priority(request: PendingRequest) -> tuple[int, date, int]:
    return (_RANK[request.priority], request.opened, request.id)


def _newest(needs: Iterable[Need]) -> tuple[Need, ...]:
    return tuple(sorted(needs, key=lambda need: (need.said_on, need.id), reverse=True))


def _mood(facts: BriefFacts) -> Mood | None:
    """The contact's mood in the last conversation with them; None if not recorded."""
    last = next((talk for talk in facts.talks if talk.contact == facts.contact), None)
    return last.mood if last else None


def _slip(facts: BriefFacts) -> LateKeptPromise | None:
    """The last promise that was kept late, until a conversation on a later day."""
    newest = max(facts.slips, key=lambda promise: promise.kept, default=None)
    if newest is None or any(talk.on > newest.kept for talk in facts.talks):
        return None
    return newest
