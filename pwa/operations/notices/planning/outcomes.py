"""What became of a missed deadline: told the next morning to manager and supervisor (R13)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Client, Recovery
from pwa.operations.notices.planning.recipients import Recipients, due_now, supervisors
from pwa.operations.notices.planning.rows import Row, row
from pwa.rules.notices.due import is_outcome_day
from pwa.rules.vocabulary.enums import ClientStatus
from pwa.rules.vocabulary.notice_kind import NoticeKind

SINCE = timedelta(days=14)  # more than any row of days off between two working days


def due_rows(recipients: Recipients, now: datetime) -> Iterator[Row]:
    """The outcomes to tell at `now`, one for each recovery and person."""
    mornings = due_now(recipients, NoticeKind.OUTCOME, now)
    if not mornings:
        return
    by_team = supervisors(recipients)
    query = sa.select(Recovery.id, Recovery.client_id, Recovery.escalated_at, Client.owner_id)
    query = query.join(Client, Client.id == Recovery.client_id)
    query = query.where(Recovery.escalated_at > now - SINCE, Client.status == ClientStatus.ACTIVE)
    for recovery_id, client_id, missed_at, owner_id in session.execute(query):
        owner = recipients.get(owner_id)
        for user_id in sorted({owner_id, *by_team.get(owner.team_id if owner else 0, ())}):
            slot = mornings.get(user_id)
            if (
                slot
                and missed_at
                and is_outcome_day(missed_at, slot.day, recipients[user_id].settings)
            ):
                times = (slot.due_at, slot.expires_at)
                yield row(user_id, NoticeKind.OUTCOME, str(recovery_id), *times, client_id)
