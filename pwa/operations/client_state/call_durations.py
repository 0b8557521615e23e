"""How long conversations with a client took lately, by kind."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Interaction


def past_minutes(ids: Iterable[int], at: datetime) -> dict[int, dict[str, list[int]]]:
    """The lengths of each client's last five conversations of a kind, newest last."""
    newest = (
        sa.func.row_number()
        .over(
            partition_by=(Interaction.client_id, Interaction.kind), order_by=Interaction.at.desc()
        )
        .label("newest")
    )
    ranked = (
        sa.select(Interaction.client_id, Interaction.kind, Interaction.minutes, newest)
        .where(
            Interaction.client_id.in_(ids),
            Interaction.reached,
            Interaction.superseded_at.is_(None),
            Interaction.minutes.is_not(None),
            Interaction.at <= at,
        )
        .subquery()
    )
    query = sa.select(ranked).where(ranked.c.newest <= 5).order_by(ranked.c.newest.desc())
    durations: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(query):
        durations[row.client_id][row.kind.value].append(row.minutes)
    return durations
