"""Library of lessons (R23): marked by anyone in the team, shared by the user who had the talk."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from pwa.db import session
from pwa.models import Audit, Interaction, Lesson, Role, User, VoiceNote
from pwa.rules.team import library as rules
from pwa.rules.vocabulary.enums import Topic

SHOWN = 100


@dataclass(frozen=True)
class LessonFacts:
    """The topic of a lesson, and in a line what worked."""

    topic: Topic
    line: str


def mark(row: Interaction, facts: LessonFacts, by: User, now: datetime) -> Lesson:
    """Marks a conversation as a lesson.

    Marked by the user who had it, it is shared at once; marked by anyone else it waits for their
    consent, and until then their note stays private.
    """
    lesson = row.lesson or Lesson(interaction=row, marked_by_id=by.id, marked_at=now)
    lesson.topic, lesson.line = facts.topic, facts.line
    session.add(lesson)
    session.flush()
    _note(lesson, "lesson marked", by, now, topic=facts.topic.value)
    if rules.is_shared_at_once(row.user_id, by.id):
        share(lesson, by, now)
    return lesson


def share(lesson: Lesson, by: User, now: datetime) -> None:
    """Shares a lesson with the team (idempotent)."""
    if lesson.shared_at is None:
        lesson.shared_at, lesson.declined_at = now, None
        _note(lesson, "lesson shared", by, now)


def keep_private(lesson: Lesson, by: User, now: datetime) -> None:
    """Takes a lesson out of the library. The mark stays, so that it is not asked again."""
    if lesson.declined_at is None:
        lesson.shared_at, lesson.declined_at = None, now
        _note(lesson, "lesson kept private", by, now)


def shared(viewer: User, topic: Topic | None = None) -> list[Lesson]:
    """The library of the viewer's team (of all teams for an administrator), newest first."""
    query = _with_relations(_shared_query(viewer, topic))
    return list(session.scalars(query.order_by(Lesson.shared_at.desc(), Lesson.id).limit(SHOWN)))


def count_shared(viewer: User, topic: Topic) -> int:
    """The number of shared lessons on a topic."""
    return _count(_shared_query(viewer, topic))


def waiting_for(user: User) -> list[Lesson]:
    """Lessons others marked in this user's conversations, still without an answer."""
    return list(
        session.scalars(_with_relations(_waiting_query(user)).order_by(Lesson.marked_at.desc()))
    )


def count_waiting(user: User) -> int:
    """The number of lessons that wait for the user's answer."""
    return _count(_waiting_query(user))


def may_hear(note: VoiceNote, listener: User) -> bool:
    """Whether a user may play a voice note: their own, or one shared with their team."""
    query = sa.select(User.team_id).join(Interaction, Interaction.user_id == User.id)
    query = query.join(Lesson, Lesson.interaction_id == Interaction.id)
    query = query.where(Interaction.id == note.interaction_id, Lesson.shared_at.is_not(None))
    team = session.scalar(query)
    everywhere = listener.role == Role.ADMINISTRATOR
    return rules.may_hear(
        note.user_id,
        listener.id,
        shared=team is not None,
        same_team=everywhere or team == listener.team_id,
    )


def _shared_query(viewer: User, topic: Topic | None) -> sa.Select[Lesson]:
    query = _lessons(viewer).where(Lesson.shared_at.is_not(None))
    return query if topic is None else query.where(Lesson.topic == topic)


def _waiting_query(user: User) -> sa.Select[Lesson]:
    query = _lessons(user).where(Interaction.user_id == user.id)
    return query.where(Lesson.shared_at.is_(None), Lesson.declined_at.is_(None))


def _count(lessons: sa.Select[Lesson]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(lessons.subquery())) or 0


def _with_relations(lessons: sa.Select[Lesson]) -> sa.Select[Lesson]:
    """Eagerly loads everything that a page shows of a lesson."""
    return lessons.options(
        contains_eager(Lesson.interaction).options(
            contains_eager(Interaction.user),
            joinedload(Interaction.client),
            joinedload(Interaction.contact),
            joinedload(Interaction.voice_note).joinedload(VoiceNote.transcript),
        ),
        joinedload(Lesson.marked_by),
    )


def _lessons(viewer: User) -> sa.Select[Lesson]:
    query = sa.select(Lesson).join(Lesson.interaction).join(Interaction.user)
    query = query.where(Interaction.superseded_at.is_(None))
    if viewer.role == Role.ADMINISTRATOR:
        return query
    return query.where(User.team_id == viewer.team_id)


def _note(lesson: Lesson, action: str, by: User, now: datetime, **details: object) -> None:
    session.add(
        Audit(
            at=now,
            user_id=by.id,
            action=action,
            subject="lesson",
            subject_id=lesson.id,
            details=details,
        )
    )
