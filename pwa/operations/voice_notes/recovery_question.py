"""Trouble heard in a conversation about an open recovery: was that talked about? (R16)"""

from datetime import datetime

from pwa.db import session
from pwa.models import Interaction, Recovery, Suggestion, User
from pwa.operations.client_state.due_dates import refresh_due_dates
from pwa.operations.recoveries import recoveries
from pwa.operations.recoveries.recoveries import RecoveryReview
from pwa.rules.contact.contact_events import is_live
from pwa.rules.vocabulary.enums import SuggestionKind


def talked_about(talk: Interaction) -> Recovery | None:
    """The open recovery that trouble heard in `talk` may be about, None where none is.

    It is the one that was said to be talked about, else the oldest of the contact that was open
    before the conversation. Writing about one is not talking about it.
    """
    if not is_live(talk.kind, talk.outcome):
        return None
    possible = recoveries.open_at(talk.client_id)
    reviewed = (recovery for recovery in possible if recovery.id == talk.recovery_id)
    earlier = (
        recovery
        for recovery in possible
        if recovery.contact_id in (None, talk.contact_id) and recovery.opened < talk.at
    )
    return next(reviewed, None) or next(earlier, None)


def ask(suggestion: Suggestion) -> bool:
    """Whether there is a question to ask before this one can be confirmed."""
    if suggestion.kind is SuggestionKind.RECOVERY:
        suggestion.recovery = talked_about(suggestion.interaction)
    session.flush()
    return suggestion.recovery is not None


def confirm(suggestion: Suggestion, by: User, now: datetime) -> None:
    """The conversation was about that recovery: nothing new is opened (idempotent).

    Lock the client first.
    """
    recovery, talk = suggestion.recovery, suggestion.interaction
    if suggestion.accepted or recovery is None:
        return
    suggestion.accepted, suggestion.answered_at = True, now
    if recovery.closed is None and recovery.live is None:
        review = RecoveryReview(talked=frozenset({recovery.id}))
        recoveries.apply_review(talk.client, talk, review, by, now)
    session.flush()
    refresh_due_dates([talk.client_id], now)


def deny(suggestion: Suggestion) -> None:
    """It is about something else: the suggestion is asked for as any other."""
    suggestion.recovery = None
    session.flush()
