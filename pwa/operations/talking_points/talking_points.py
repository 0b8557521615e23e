"""Talking points for opening a conversation: the team's own, else the defaults."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Audit, Client, Opening, User
from pwa.operations.brief.brief import FullBrief, full_brief
from pwa.operations.brief.phrases import question_words, stage_words
from pwa.operations.cadences.cadence_offers import offer_text
from pwa.operations.day_list import day_list
from pwa.operations.talking_points.defaults import TOPICS, default_points, fill
from pwa.rules.brief.situation import situation as situation_of
from pwa.rules.day_list.row import Row
from pwa.rules.vocabulary.enums import ReasonCode, Topic
from pwa.rules.vocabulary.person_names import first_name
from pwa.rules.vocabulary.situation import Situation


@dataclass(frozen=True)
class OpeningPage:
    """The page "How to open": the situation, its points, and the brief it derives from."""

    situation: Situation
    points: list[str]
    topic: Topic | None
    brief: FullBrief


def opening_page(client: Client, now: datetime) -> OpeningPage:
    """The talking points for the client's reason on the day list, or for an unplanned call."""
    row = day_list.row_of(client, now)
    brief = full_brief(client.id, now, row.contact_id if row else None)
    situation = situation_of(
        brief.facts,
        difficult=bool(brief.contact and brief.contact.difficult),
        reasons=_reasons(row),
    )
    points = points_of(client.owner.team_id, situation)
    filled = [fill(point, _placeholder_values(brief)) for point in points]
    return OpeningPage(situation, filled, TOPICS.get(situation), brief)


def _reasons(row: Row | None) -> set[ReasonCode]:
    return {step.of or step.reason for step in (row.step, *row.also)} if row else set()


def _placeholder_values(brief: FullBrief) -> dict[str, str]:
    """The values of the placeholders today."""
    facts = brief.facts
    recovery = facts.untalked[0] if facts.untalked else None
    return {
        "name": first_name(brief.contact.name) if brief.contact else "",
        "client": brief.client.name,
        "cause": recovery.cause if recovery else "",
        "make_good": (recovery.make_good or "") if recovery else "",
        "promise": facts.late[0].words if facts.late else "",
        "stage": stage_words(facts.offer) if facts.offer else "",
        "sentence": offer_text(facts.offer).sentence if facts.offer else "",
        "question": question_words(facts.question) if facts.question else "",
        "predecessor": facts.predecessor.name if facts.predecessor else "",
    }


def points_of(team_id: int, situation: Situation) -> list[str]:
    """The team's own points, else the defaults; placeholders not filled."""
    own = of_team(team_id, situation)
    return own.lines.split("\n") if own else default_points(situation)


def of_team(team_id: int, situation: Situation) -> Opening | None:
    """The team's own points of a situation, if any."""
    query = sa.select(Opening).where(Opening.team_id == team_id, Opening.situation == situation)
    return session.scalar(query)


def change(team_id: int, situation: Situation, points: list[str], by: User, now: datetime) -> None:
    """Stores the team's own points, audited."""
    own = of_team(team_id, situation)
    if own is None:
        own = Opening(team_id=team_id, situation=situation, lines="", changed_at=now)
        session.add(own)
    before, own.lines = own.lines, "\n".join(points)
    own.changed_by_id, own.changed_at = by.id, now
    session.flush()
    _note(own, "change", by, now, {"before": before, "after": own.lines})


def reset(team_id: int, situation: Situation, by: User, now: datetime) -> None:
    """Deletes the team's own points, so that the defaults apply."""
    own = of_team(team_id, situation)
    if own is not None:
        _note(own, "reset", by, now, {"before": own.lines})
        session.delete(own)


def _note(own: Opening, action: str, by: User, now: datetime, details: dict[str, str]) -> None:
    session.add(
        Audit(
            at=now,
            user_id=by.id,
            action=action,
            subject="opening",
            subject_id=own.id,
            details={"situation": own.situation.value, **details},
        )
    )
