"""Row kind: call, visit, video call or message (Definitions)."""

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
    """The kind of a row: the booked kind, writing for a recap, else the preferred channel.

    A call without a known preference. A contact who prefers writing is still called about a
    recovery or its check, a late promise, a thread, or an open high request of theirs (R1, R6).
    """
    if step.reason is ReasonCode.RECAP_DUE:
        return RowKind.WRITE
    if step.booked is not None:
        return _BY_BOOKING[step.booked]
    contact = step.contact
    if contact is None or contact.preference.channel is None:
        return RowKind.CALL
    kind = _BY_CHANNEL[contact.preference.channel]
    if kind is RowKind.WRITE and _requires_live(step, client, contact):
        return RowKind.CALL
    return kind


def _requires_live(step: Reason, client: ClientState, contact: ContactState) -> bool:
    if step.tier is RowTier.RECOVERY or step.reason in _LIVE:
        return True
    return any(
        request.priority is Priority.HIGH and request.contact in (None, contact.id)
        for request in client.requests
    )


def kind_by_channel(channel: Channel | None) -> RowKind:
    """The kind for a preferred channel; a call where it is unknown."""
    return _BY_CHANNEL[channel] if channel else RowKind.CALL


def kind_by_booking(kind: Kind) -> RowKind:
    """The kind of a booking."""
    return _BY_BOOKING[kind]
