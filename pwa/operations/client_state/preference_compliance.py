"""Judges and stores whether an interaction counts (R2), and its compliance (R5)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Contact, Interaction, InteractionContact, Preference
from pwa.operations.client_state.booking_settlement import fact
from pwa.operations.client_state.client_rows import wishes
from pwa.rules.contact import preference as rules
from pwa.rules.contact.contact_events import counts_as_contact
from pwa.rules.vocabulary.enums import Compliance
from pwa.rules.vocabulary.timezones import local_day, moment


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether it counts as contact, and its stamp; None where it was with nobody by name."""

    reached: bool
    stamp: Compliance | None


def answer_of(row: Preference | None) -> rules.Answer | None:
    """A stored preference as the rules know it."""
    if row is None:
        return None
    agreed = None
    if row.compromise_words or row.compromise_channel:
        words = row.compromise_words or ""
        agreed = rules.Compromise(words, row.compromise_on, row.compromise_channel)
    return rules.Answer(wishes(row), row.how_often, row.only_when_needed, agreed)


def judge(
    row: Interaction,
    answers: Sequence[Preference],
    theirs: ZoneInfo,
    ours: ZoneInfo,
    also: int | None = None,
) -> Judged:
    """Against the answer valid on the day that it was in `ours`, the manager's zone.

    `answers` are those of the row's contact, or of `also`, a further one who took part; oldest
    first. `theirs` is the contact's zone.
    """
    day = local_day(row.at, ours)
    valid = rules.answer_valid_on(answers, day)
    event = fact(row, valid.channel if valid else None, also)
    if row.contact_id is None and also is None:
        return Judged(counts_as_contact(event), None)
    return Judged(counts_as_contact(event), rules.compliance(event, answer_of(valid), theirs, day))


def mark(row: Interaction) -> None:
    """Write what a new interaction was; one query, for what its contacts said so far."""
    contact, ours = row.contact, row.client.owner.zone
    ids = {also.contact_id or also.contact.id for also in row.also} | {row.contact_id}
    query = sa.select(Preference).where(Preference.contact_id.in_(ids - {None}))
    answers: dict[int | None, list[Preference]] = defaultdict(list)
    for answer in session.scalars(query.order_by(Preference.id)) if ids - {None} else ():
        answers[answer.contact_id].append(answer)
    session.flush()
    own = answers[row.contact_id]
    judged = judge(row, own, contact.zone if contact else ours, ours)
    row.reached, row.stamp = judged.reached, judged.stamp
    for also in row.also:
        theirs = answers[also.contact_id]
        also.stamp = judge(row, theirs, also.contact.zone, ours, also.contact_id).stamp


def mark_again(contact: Contact, since: datetime | None) -> None:
    """Write anew what was with a contact from `since` on, after they said something else."""
    query = sa.select(Interaction).where(Interaction.contact_id == contact.id)
    if since is not None:
        query = query.where(Interaction.at >= since)
    answers = sorted(contact.preferences, key=lambda answer: answer.id)
    theirs, ours = contact.zone, contact.client.owner.zone
    for row in session.scalars(query):
        judged = judge(row, answers, theirs, ours)
        row.reached, row.stamp = judged.reached, judged.stamp
    took_part = sa.select(InteractionContact, Interaction).join(
        Interaction, Interaction.id == InteractionContact.interaction_id
    )
    took_part = took_part.where(InteractionContact.contact_id == contact.id)
    if since is not None:
        took_part = took_part.where(Interaction.at >= since)
    for also, row in session.execute(took_part):
        also.stamp = judge(row, answers, theirs, ours, contact.id).stamp
    session.flush()


def valid_from(preference: Preference, ours: ZoneInfo) -> datetime | None:
    """The moment from which an answer holds, on the clocks of `ours`; None: it always did."""
    return moment(preference.asked_on, time(), ours) if preference.asked_on else None
