"""Which opening a conversation calls for (R14, R18, R25)."""

from collections.abc import Collection

from pwa.rules.brief.brief import Brief
from pwa.rules.contact.preference import AskReason
from pwa.rules.vocabulary.enums import ReasonCode, Situation


def situation(
    brief: Brief, *, difficult: bool = False, reasons: Collection[ReasonCode] = ()
) -> Situation:
    """The one situation to open for, the gravest first.

    `reasons` are those for which the client stands on the list; `difficult` is the contact's.
    """
    if brief.untalked:
        again = any(one.again for one in brief.untalked)
        return Situation.SECOND_TIME if again else Situation.APOLOGY
    if brief.late:
        return Situation.LATE_PROMISE
    return _beginning(brief) or _going_on(brief, difficult, reasons)


def _beginning(brief: Brief) -> Situation | None:
    """First impressions (R25)."""
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
