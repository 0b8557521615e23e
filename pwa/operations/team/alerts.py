"""Where a supervisor is needed: what was missed or broken at whose client, and since when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from pwa.db import session
from pwa.models import (
    Audit,
    Client,
    Contact,
    Interaction,
    Postponement,
    Promise,
    Recovery,
    Role,
    User,
    WritingOverride,
)
from pwa.operations.client_state.loader import LoadedClient, load_these
from pwa.operations.promises import promises
from pwa.rules.day_list.postponements import MENTION_AFTER
from pwa.rules.day_list.reason import Reason
from pwa.rules.day_list.reasons import reasons_today
from pwa.rules.vocabulary.enums import ClientStatus, ReasonCode
from pwa.rules.vocabulary.timezones import local_day

SHOWN = 50
PROMISES = 1000  # looked at, the oldest first: a fixed number, however long the list has grown
LATELY = timedelta(days=14)


class Trouble(StrEnum):
    """What is the matter, the worst first."""

    MISSED = "missed"
    BROKEN = "broken"
    POSTPONED = "postponed"
    CLOSED = "closed"
    WRITTEN = "written"
    UNHEARD = "unheard"


@dataclass(frozen=True, slots=True)
class Needing:
    """One client with one trouble: its words, how often, and since when."""

    trouble: Trouble
    client_id: int
    client: str
    owner: str
    since: datetime | date | None
    words: str = ""
    count: int = 1


def needing(viewer: User, now: datetime) -> list[Needing]:
    """Everything that needs the viewer, the worst first, the longest first within one trouble.

    At most `SHOWN` of each, in a fixed number of queries.
    """
    found = [
        *_from_facts(viewer, now),
        *_broken(viewer, now),
        *_postponed(viewer),
        *_closed(viewer, now),
        *_written(viewer, now),
    ]
    order = list(Trouble)
    return sorted(found, key=lambda one: order.index(one.trouble))


def watched(viewer: User) -> sa.ColumnElement[bool]:
    """The people whose clients a supervisor looks after: the team, or everyone."""
    everywhere = viewer.role == Role.ADMINISTRATOR
    return sa.true() if everywhere else User.team_id == viewer.team_id


def _from_facts(viewer: User, now: datetime) -> Iterator[Needing]:
    """Missed deadlines and contacts who have heard nothing, as the rules see them."""
    owners = {row.id: row.owner for row in session.execute(_suspects(viewer, now))}
    for known in load_these(owners, now):
        owner = owners[known.client.id]
        for step in reasons_today(known.client, known.desk, now):
            if step.reason is ReasonCode.RECOVERY and step.at and step.at <= now:
                yield _of(Trouble.MISSED, known, owner, step.at, step.words)
            elif step.reason is ReasonCode.UNHEARD:
                yield _of(Trouble.UNHEARD, known, owner, step.due, _name(step))


def _of(trouble: Trouble, known: LoadedClient, owner: str, since: Any, words: str) -> Needing:
    return Needing(trouble, known.client.id, known.client.name, owner, since, words)


def _name(step: Reason) -> str:
    return step.contact.name if step.contact else ""


def _suspects(viewer: User, now: datetime) -> sa.Select[*tuple[Any, ...]]:
    """Active clients with something open that went wrong, or raised beside their rhythm."""
    open_ = sa.exists().where(
        Recovery.client_id == Client.id, Recovery.closed.is_(None), Recovery.live.is_(None)
    )
    raised = Client.raised_on <= local_day(now, viewer.zone)
    return (
        _clients(viewer)
        .where(sa.or_(open_, raised))
        .order_by(open_.desc(), Client.raised_on, Client.id)
        .limit(2 * SHOWN)
    )


def _clients(viewer: User) -> sa.Select[*tuple[Any, ...]]:
    query = sa.select(Client.id, Client.name, User.name.label("owner"))
    query = query.join(User, User.id == Client.owner_id)
    return query.where(Client.status == ClientStatus.ACTIVE, watched(viewer))


def _broken(viewer: User, now: datetime) -> Iterator[Needing]:
    """Promises past the day the client knows (R17), together for a client, the oldest in its words.

    One that was moved without telling them is as late as if it had not been.
    """
    today = local_day(now, viewer.zone)
    query = (
        _clients(viewer)
        .add_columns(Promise)
        .join(Promise, Promise.client_id == Client.id)
        .where(Promise.kept.is_(None), sa.or_(Promise.due < today, Promise.falls_due < today))
        .options(selectinload(Promise.moves))
        .order_by(Promise.due, Promise.id)
        .limit(PROMISES)
    )
    found: dict[int, Needing] = {}
    for client_id, name, owner, promise in session.execute(query):
        if not promises.stands(promise, today).is_miss:
            continue
        since = promises.expected(promise, today) or promise.falls_due
        new = Needing(Trouble.BROKEN, client_id, name, owner, since, promise.words)
        before = found.get(client_id)
        oldest = min(before, new, key=_day_of) if before else new
        found[client_id] = replace(oldest, count=before.count + 1 if before else 1)
    yield from sorted(found.values(), key=_day_of)[:SHOWN]


def _day_of(one: Needing) -> Any:
    return one.since


def _postponed(viewer: User) -> Iterator[Needing]:
    """Put off for the third time, or more, since anybody there last heard from us (R21)."""
    last = (
        sa.select(sa.func.max(Interaction.at))
        .where(Interaction.client_id == Client.id, Interaction.reached)
        .where(Interaction.superseded_at.is_(None))
        .correlate(Client)
        .scalar_subquery()
    )
    count, latest = sa.func.count(Postponement.id), sa.func.max(Postponement.at)
    query = (
        _clients(viewer)
        .add_columns(sa.func.min(Postponement.at).label("since"), count.label("number"))
        .join(Postponement, Postponement.client_id == Client.id)
        .where(sa.or_(last.is_(None), Postponement.at > last))
        .group_by(Client.id, Client.name, User.name)
        .having(count >= MENTION_AFTER)
        .order_by(latest.desc(), Client.id)
        .limit(SHOWN)
    )
    for row in session.execute(query):
        yield Needing(Trouble.POSTPONED, row.id, row.name, row.owner, row.since, count=row.number)


def _closed(viewer: User, now: datetime) -> Iterator[Needing]:
    """What went wrong and was closed, and why, although nobody had talked about it (R15)."""
    its_own = (
        Audit.subject_id == Client.id,
        Audit.at == Recovery.closed,
        Audit.details["recovery"].as_integer() == Recovery.id,
    )
    query = (
        _clients(viewer)
        .add_columns(Recovery.cause, Recovery.closed, Audit.details["why"].as_string().label("why"))
        .join(Recovery, Recovery.client_id == Client.id)
        .outerjoin(
            Audit,
            sa.and_(Audit.subject == "client", Audit.action == "recovery closed", *its_own),
        )
        .where(Recovery.live.is_(None), Recovery.closed > now - LATELY)
        .order_by(Recovery.closed.desc())
        .limit(SHOWN)
    )
    for row in session.execute(query):
        words = " · ".join(one for one in (row.cause, row.why) if one)
        yield Needing(Trouble.CLOSED, row.id, row.name, row.owner, row.closed, words)


def _written(viewer: User, now: datetime) -> Iterator[Needing]:
    """Who wrote although "Call first" was said, and why (R15)."""
    query = (
        _clients(viewer)
        .add_columns(WritingOverride.at, WritingOverride.reason, Contact.name.label("contact"))
        .join(WritingOverride, WritingOverride.client_id == Client.id)
        .outerjoin(Contact, Contact.id == WritingOverride.contact_id)
        .where(WritingOverride.at > now - LATELY)
        .order_by(WritingOverride.at.desc())
        .limit(SHOWN)
    )
    for row in session.execute(query):
        yield Needing(Trouble.WRITTEN, row.id, row.name, row.owner, row.at, row.reason)
