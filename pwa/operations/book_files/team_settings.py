"""Settings in a book: a team's causes and openings, and the rule settings (`numbers`)."""

from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Cause, Number, Opening
from pwa.operations.book_files.fields import assign_columns, check_object, list_entries
from pwa.operations.book_files.references import References
from pwa.operations.book_files.values import invalid_value, text
from pwa.rules.vocabulary.settings import RuleSettings
from pwa.rules.vocabulary.situation import Situation

_LINE = text(300)


def load_team_settings(
    team_id: int, entry: dict[str, Any], path: str, references: References
) -> None:
    """Replace the causes of a team as a whole, write openings by situation. Raises BadBook."""
    if entry.get("causes") is not None:
        causes = [
            _LINE.read(cause, cause_path, references)
            for cause_path, cause in list_entries(entry, "causes", path)
        ]
        present = list(session.scalars(_causes_query(team_id)))
        if causes != [cause.words for cause in present]:
            session.execute(sa.delete(Cause).where(Cause.team_id == team_id))
            session.add_all(
                Cause(team_id=team_id, words=words, position=position)
                for position, words in enumerate(causes)
            )
    for situation, lines in (entry.get("openings") or {}).items():
        situation_path = f"{path}.openings.{situation}"
        if situation not in set(Situation):
            raise invalid_value(situation_path, situation, "no situation")
        _load_opening(team_id, Situation(situation), lines, situation_path, references)


def dump_team_settings(team_id: int) -> dict[str, Any]:
    """The causes and openings of a team as its entry holds them; empty where both are defaults."""
    causes = [cause.words for cause in session.scalars(_causes_query(team_id))]
    query = sa.select(Opening).where(Opening.team_id == team_id).order_by(Opening.id)
    openings = {row.situation.value: row.lines.split("\n") for row in session.scalars(query)}
    settings = {"causes": causes, "openings": openings}
    return {name: value for name, value in settings.items() if value}


def load_rule_settings(entry: Any, references: References) -> None:
    """Write the rule settings that the book names; null resets a default. Raises BadBook."""
    if entry is None:
        return
    check_object(entry, "numbers")
    known = set(RuleSettings.__dataclass_fields__)
    for name, value in entry.items():
        if name not in known:
            raise invalid_value(f"numbers.{name}", name, "no number")
        present = session.get(Number, name)
        if value is None:
            if present:
                session.delete(present)
        elif not isinstance(value, int):
            raise invalid_value(f"numbers.{name}", value, "not a number")
        elif present:
            assign_columns(present, {"value": int(value)})
        else:
            session.add(Number(name=name, value=int(value)))


def dump_rule_settings() -> dict[str, int]:
    """The stored rule settings by name: those that differ from their defaults."""
    query = sa.select(Number).order_by(Number.name)
    return {number.name: number.value for number in session.scalars(query)}


def _causes_query(team_id: int) -> sa.Select[Cause]:
    return sa.select(Cause).where(Cause.team_id == team_id).order_by(Cause.position, Cause.id)


def _load_opening(
    team_id: int, situation: Situation, lines: Any, path: str, references: References
) -> None:
    if not isinstance(lines, list):
        raise invalid_value(path, lines, "not a list")
    words = "\n".join(_LINE.read(line, path, references) for line in lines)
    query = sa.select(Opening).where(Opening.team_id == team_id, Opening.situation == situation)
    present = session.scalar(query)
    if present is None:
        opening = Opening(team_id=team_id, situation=situation, lines=words)
        opening.changed_at = references.now
        session.add(opening)
    elif assign_columns(present, {"lines": words}):
        present.changed_at = references.now
