"""Whether a row is a call, a visit, a video call or something to write (Definitions)."""

from pwa.rules.day_list.client_state import ClientState, ContactState
from pwa.rules.day_list.reason import Reason
from pwa.rules.vocabulary.enums import Channel, Kind, Priority, ReasonCode, RowKind, RowTier

_BY_CHANNEL = {
    Channel.PHONE: RowKind.CALL,
    Channel.VIDEO: RowKind.VIDEO,
    Channel.VISIT: RowKind.VISIT,
    Channel.EMAIL: RowKind.WRITE,
    Channel.TEXT: RowKind.WRITE,
}
_BY_BOOKING = {
    Kind.CALL: RowKind.CALL,
    Kind.VIDEO: RowKind.VIDEO,
    Kind.VISIT: RowKind.VISIT,
    Kind.EMAIL: RowKind.WRITE,
    Kind.TEXT: RowKind.WRITE,
}

_LIVE = frozenset({ReasonCode.PROMISE_LATE, ReasonCode.CHECK, ReasonCode.THREAD})


def row_kind(step: Reason, client: ClientState) -> RowKind:
    """The booked kind; a recap is written; else the preferred channel, a call when nobody asked.

    Who asked for writing is called all the same for a recovery and its checks, a late promise, a
    matter that was written about twice or an open high request of theirs (R1, R6).
    """
    if step.reason is ReasonCode.RECAP_DUE:
        return RowKind.WRITE
    if step.booked is not None:
        return _BY_BOOKING[step.booked]
    contact = step.contact
    if contact is None or contact.preference.channel is None:
        return RowKind.CALL
    kind = _BY_CHANNEL[contact.preference.channel]
    if kind is RowKind.WRITE and _asks_for_live(step, client, contact):
        return RowKind.CALL
    return kind


def _asks_for_live(step: Reason, client: ClientState, contact: ContactState) -> bool:
    if step.tier is RowTier.RECOVERY or step.reason in _LIVE:
        return True
    return any(
        one.priority is Priority.HIGH and one.contact in (None, contact.id)
        for one in client.requests
    )
