"""The situation of a conversation, which selects its opening (R14, R18, R25)."""

from collections.abc import Collection

from pwa.rules.brief.brief import Brief
from pwa.rules.contact.preference import AskReason
from pwa.rules.vocabulary.enums import ReasonCode
from pwa.rules.vocabulary.situation import Situation


def situation(
    brief: Brief, *, difficult: bool = False, reasons: Collection[ReasonCode] = ()
) -> Situation:
    """The gravest situation that applies (R14, R18, R25).

    `reasons` are the client's on the day list; `difficult` is the contact's flag.
    """
    if brief.untalked:
        again = any(recovery.again for recovery in brief.untalked)
        return Situation.SECOND_TIME if again else Situation.APOLOGY
    if brief.late:
        return Situation.LATE_PROMISE
    return _beginning(brief) or _going_on(brief, difficult, reasons)


def _beginning(brief: Brief) -> Situation | None:
    """The situation of a first impression (R25), or None."""
    if brief.predecessor:
        return Situation.HANDOVER
    if brief.first:
        return Situation.FIRST_CALL
    return Situation.NEW_CONTACT if brief.new else None


def _going_on(brief: Brief, difficult: bool, reasons: Collection[ReasonCode]) -> Situation:
    if difficult:
        return Situation.DIFFICULT
    if brief.ask is AskReason.UNKNOWN:
        return Situation.ASK_PREFERENCE
    if ReasonCode.UNHEARD in reasons:
        return Situation.UNHEARD
    if brief.offer:
        return Situation.SLOWER
    return Situation.ASK_PREFERENCE if brief.ask else Situation.NOTHING_NEW
