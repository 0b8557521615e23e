"""Who at a client has heard nothing while a colleague of theirs did (R7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from pwa.rules.vocabulary.calendar import later
from pwa.rules.vocabulary.enums import Stage

TIMES = 1.5


@dataclass(frozen=True, slots=True)
class LastContact:
    """What one contact got from us, in days of the manager's zone.

    `last` is the day of the last contact that counts with that very person, `asked` the day on
    which they were asked how they like to hear from us. `how_often` is their own wish,
    `only_when_needed` says that they do not expect us by the rhythm. `talked` is the day of the
    last live conversation with them, `by` the name of whoever of us had the last contact, empty
    for the client's own manager.
    """

    contact: int
    last: date | None = None
    asked: date | None = None
    how_often: Stage | None = None
    only_when_needed: bool = False
    talked: date | None = None
    by: str = ""

    @property
    def base(self) -> date | None:
        """Since when they wait; None for who never heard from us and was never asked."""
        return self.last or self.asked


@dataclass(frozen=True, slots=True)
class NeglectedContact:
    """`contact` waits since `base`, though `other` was heard later; on the list from `day` on."""

    contact: int
    other: int
    base: date
    day: date


def neglected_contacts(people: Sequence[LastContact], stage: Stage) -> NeglectedContact | None:
    """Of those who have heard nothing the one whose turn came or comes first (R7); else None.

    `stage` is the client's effective one, for those without a wish of their own. The day is the
    first on which more than one and a half times the stage has passed since they last heard: for
    weekly (10.5 days) the eleventh, for fortnightly (21) the twenty-second, for daily (1.5) the
    second. Somebody else at the client must have been heard on a later day than they were; on the
    same day does not do. Two with the same day: the one listed first.
    """
    found = [one for person in people if (one := _unheard(person, people, stage))]
    return min(found, key=lambda one: one.day, default=None)


def _unheard(
    person: LastContact, people: Iterable[LastContact], stage: Stage
) -> NeglectedContact | None:
    base = person.base
    if base is None or person.only_when_needed:
        return None
    others = [one for one in people if one is not person and one.last and one.last > base]
    other = max(others, key=lambda one: one.last or base, default=None)
    if other is None:
        return None
    span = floor(TIMES * (person.how_often or stage).days) + 1
    return NeglectedContact(person.contact, other.contact, base, later(base, span))
