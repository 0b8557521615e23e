"""Neglected contacts: no contact for too long while a colleague had some (R7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from pwa.rules.vocabulary.calendar import later
from pwa.rules.vocabulary.enums import Stage

NEGLECT_FACTOR = 1.5


@dataclass(frozen=True, slots=True)
class LastContact:
    """The last contact with one contact person, in days of the manager's zone.

    `last` is the day of the last contact that counts, `talked` that of the last live conversation,
    `asked` the day of their answer. `how_often` is their wished stage; `only_when_needed` means
    that they expect no calls by cadence. `by` names the user who had the last contact, empty for
    the client's own manager.
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
        """The day of the last contact, else of their answer; None without either."""
        return self.last or self.asked


@dataclass(frozen=True, slots=True)
class NeglectedContact:
    """`contact` waits since `base`, `colleague` had contact later; on the list from `day` on."""

    contact: int
    colleague: int
    base: date
    day: date


def earliest_neglected(contacts: Sequence[LastContact], stage: Stage) -> NeglectedContact | None:
    """The contact who is or becomes neglected first (R7), or None.

    A contact is neglected on the first day on which more than one and a half stages have passed
    since `base`: the eleventh day for weekly (10.5), the twenty-second for fortnightly (21), the
    second for daily (1.5). A colleague must have had contact on a later day than `base`. `stage` is
    the client's effective one, for contacts without a wish of their own. Ties: input order.
    """
    neglected = [n for contact in contacts if (n := _neglected(contact, contacts, stage))]
    return min(neglected, key=lambda n: n.day, default=None)


def _neglected(
    contact: LastContact, contacts: Iterable[LastContact], stage: Stage
) -> NeglectedContact | None:
    base = contact.base
    if base is None or contact.only_when_needed:
        return None
    colleagues = [c for c in contacts if c is not contact and c.last and c.last > base]
    colleague = max(colleagues, key=lambda c: c.last or base, default=None)
    if colleague is None:
        return None
    span = floor(NEGLECT_FACTOR * (contact.how_often or stage).days) + 1
    return NeglectedContact(contact.contact, colleague.contact, base, later(base, span))
