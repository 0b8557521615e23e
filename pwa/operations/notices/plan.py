"""Plans notices (digest, booked time, promise, recovery) while they are of use, once each."""

from collections.abc import Iterator
from datetime import datetime

from pwa.db import writing
from pwa.models import Role
from pwa.operations.notices.planning import booked, outcomes, promises, recoveries
from pwa.operations.notices.planning.recipients import Recipients, due_now, everyone
from pwa.operations.notices.planning.rows import Row, row, store, without_stored
from pwa.rules.vocabulary.notice_kind import NoticeKind


def plan(now: datetime) -> int:
    """Stores the notices due at `now` (idempotent); returns how many are new.

    In a fixed number of queries for any number of users. After an outage it goes back as far as
    each notice is of use: what would only annoy by now is not planned. It writes nothing when
    nothing is new.
    """
    recipients = everyone()
    deadlines = recoveries.open_deadlines(now)
    escalations = recoveries.unescalated(deadlines, now)
    due = without_stored(
        [
            *_digests(recipients, now),
            *booked.due_rows(recipients, now),
            *promises.due_rows(recipients, now),
            *recoveries.due_rows(deadlines, recipients, now),
            *outcomes.due_rows(recipients, now),
        ]
    )
    if not due and not escalations:
        return 0
    with writing():
        recoveries.escalate(escalations, now)
        return store(due)


def _digests(recipients: Recipients, now: datetime) -> Iterator[Row]:
    """The morning's and the evening's notice of each manager, once a local day."""
    managers = {key: person for key, person in recipients.items() if person.role is Role.MANAGER}
    for kind in (NoticeKind.DIGEST, NoticeKind.EVENING):
        for user_id, slot in due_now(managers, kind, now).items():
            yield row(user_id, kind, slot.day.isoformat(), slot.due_at, slot.expires_at)
