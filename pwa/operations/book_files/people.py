"""Teams, users and covers of a book."""

from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Cover, Team, User
from pwa.operations.book_files import sections, team_sections, team_settings
from pwa.operations.book_files.fields import check_object, put, read, rows
from pwa.operations.book_files.matching import Entries, by_key, check_order, store
from pwa.operations.book_files.problems import Warnings
from pwa.operations.book_files.references import Names
from pwa.operations.book_files.values import wrong

USUAL_TEAM = "Team"


def load(book: dict[str, Any], names: Names, warnings: Warnings) -> None:
    """Write teams, users and covers, and let `names` know everybody, those of before included.

    A new user has no password: an administrator gives them a link.
    """
    team_settings.load_numbers(book.get("numbers"), names)
    _teams(book, names, warnings)
    _users(book, names, warnings)
    _covers(book, names, warnings)


def know_everybody(names: Names) -> None:
    """Fill `names` with the teams and users that are stored."""
    for team_id, name in session.execute(sa.select(Team.id, Team.name).order_by(Team.id)):
        names.teams[name] = team_id
        names.team_of[team_id] = name
    for user_id, email in session.execute(sa.select(User.id, User.email).order_by(User.id)):
        names.users[email] = user_id
        names.user_of[user_id] = email


def _teams(book: dict[str, Any], names: Names, warnings: Warnings) -> None:
    existing = {team.name: team for team in session.scalars(sa.select(Team))}
    for place, given in rows(book, "teams", ""):
        known = existing.get(_stripped(given, "name"))
        columns = read(sections.TEAMS, given, place, names, warnings, new=known is None)
        columns["name"] = columns["name"].strip()
        if known is None:
            existing[columns["name"]] = team = Team(**columns)
            session.add(team)
            session.flush()
        else:
            put(known, columns)
        team_id = names.teams[columns["name"]] = existing[columns["name"]].id
        team_settings.load_team(team_id, given, place, names)
    for name, team in existing.items():
        names.teams.setdefault(name, team.id)
    if not names.teams:
        session.add(team := Team(name=USUAL_TEAM))
        session.flush()
        names.teams[team.name] = team.id


def _users(book: dict[str, Any], names: Names, warnings: Warnings) -> None:
    existing = {user.email: user for user in session.scalars(sa.select(User))}
    seen: set[str] = set()
    for place, raw in rows(book, "users", ""):
        check_object(raw, place)
        known = existing.get(_stripped(raw, "email").casefold())
        given = raw if known or raw.get("name") else {**raw, "name": _name_from(raw)}
        if known:
            given = {"name": known.name, **given}
        columns = read(sections.USERS, given, place, names, warnings, new=known is None)
        if columns["email"] in seen:
            raise wrong(f"{place}.email", columns["email"], "there twice")
        seen.add(columns["email"])
        if known is None:
            session.add(User(created_at=names.now, **columns))
        else:
            put(known, columns)
    session.flush()
    know_everybody(names)


def _covers(book: dict[str, Any], names: Names, warnings: Warnings) -> None:
    entries = list(rows(book, "covers", ""))
    for place, user in rows(book, "users", ""):
        for where, given in rows(user, "covers", place):
            check_object(given, where)
            entries.append((where, {"user": user["email"], **given}))
    if entries:
        _merge_covers(entries, names, warnings)


def _merge_covers(entries: Entries, names: Names, warnings: Warnings) -> None:
    existing = session.scalars(sa.select(Cover).order_by(Cover.id)).all()
    key = ("absent_id", "covered_by_id", "first_day")
    for row, columns, place in by_key(
        team_sections.COVERS, entries, existing, key, names, warnings
    ):
        check_order(columns["first_day"], columns["last_day"], place)
        store(Cover, row, columns)


def _stripped(given: Any, name: str) -> str:
    return str(given.get(name, "")).strip() if isinstance(given, dict) else ""


def _name_from(given: dict[str, Any]) -> str:
    return str(given.get("email", "")).partition("@")[0] or "?"
