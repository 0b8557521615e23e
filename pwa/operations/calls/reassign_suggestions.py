"""What was read out of a note follows the row that corrects its conversation."""

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Interaction, Suggestion
from pwa.rules.contact.contact_events import REACHED
from pwa.rules.vocabulary.enums import SuggestionKind

# What somebody can only have said who was reached.
SAID_BY_THEM = frozenset(
    {SuggestionKind.CADENCE, SuggestionKind.PREFERENCE, SuggestionKind.NEED, SuggestionKind.MOOD}
)


def move(before: Interaction, to: Interaction) -> None:
    """Suggestions of `before` belong to `to`; where nobody was reached, what they said goes."""
    mine = sa.update(Suggestion).where(Suggestion.interaction_id == before.id)
    session.execute(mine.values(interaction_id=to.id))
    if to.outcome not in REACHED:
        gone = sa.delete(Suggestion).where(Suggestion.interaction_id == to.id)
        gone = gone.where(Suggestion.kind.in_(SAID_BY_THEM), Suggestion.answered_at.is_(None))
        session.execute(gone)
