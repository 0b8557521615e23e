"""What a team and the house say for themselves: causes, openings, and changed numbers."""

from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Cause, Number, Opening
from pwa.operations.book_files.fields import assign_columns, check_object, list_entries
from pwa.operations.book_files.references import References
from pwa.operations.book_files.values import invalid_value, text
from pwa.rules.vocabulary.enums import Situation
from pwa.rules.vocabulary.settings import RuleSettings

_LINE = text(300)


def load_team_settings(team_id: int, given: dict[str, Any], place: str, names: References) -> None:
    """Write what the entry of a team names: its list of causes as a whole, openings one by one."""
    if given.get("causes") is not None:
        words = [
            _LINE.read(one, where, names) for where, one in list_entries(given, "causes", place)
        ]
        present = list(session.scalars(_causes_query(team_id)))
        if words != [cause.words for cause in present]:
            session.execute(sa.delete(Cause).where(Cause.team_id == team_id))
            session.add_all(
                Cause(team_id=team_id, words=one, position=position)
                for position, one in enumerate(words)
            )
    for situation, lines in (given.get("openings") or {}).items():
        where = f"{place}.openings.{situation}"
        if situation not in set(Situation):
            raise invalid_value(where, situation, "no situation")
        _load_opening(team_id, Situation(situation), lines, where, names)


def dump_team_settings(team_id: int) -> dict[str, Any]:
    """The same as it stands in the book; empty where a team keeps to what is usual."""
    causes = [one.words for one in session.scalars(_causes_query(team_id))]
    query = sa.select(Opening).where(Opening.team_id == team_id).order_by(Opening.id)
    openings = {one.situation.value: one.lines.split("\n") for one in session.scalars(query)}
    found = {"causes": causes, "openings": openings}
    return {name: value for name, value in found.items() if value}


def load_rule_settings(given: Any, names: References) -> None:
    """Write the numbers that the book names; null takes one back to its default."""
    if given is None:
        return
    check_object(given, "numbers")
    known = set(RuleSettings.__dataclass_fields__)
    for name, value in given.items():
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
    """The numbers that differ from their defaults."""
    return {one.name: one.value for one in session.scalars(sa.select(Number).order_by(Number.name))}


def _causes_query(team_id: int) -> sa.Select[Cause]:
    return sa.select(Cause).where(Cause.team_id == team_id).order_by(Cause.position, Cause.id)


def _load_opening(
    team_id: int, situation: Situation, lines: Any, place: str, names: References
) -> None:
    if not isinstance(lines, list):
        raise invalid_value(place, lines, "not a list")
    words = "\n".join(_LINE.read(one, place, names) for one in lines)
    query = sa.select(Opening).where(Opening.team_id == team_id, Opening.situation == situation)
    present = session.scalar(query)
    if present is None:
        opening = Opening(team_id=team_id, situation=situation, lines=words)
        opening.changed_at = names.now
        session.add(opening)
    elif assign_columns(present, {"lines": words}):
        present.changed_at = names.now
