"""Teams, users and covers of a book."""

from typing import Any

import sqlalchemy as sa

from pwa.db import session
from pwa.models import Cover, Team, User
from pwa.operations.book_files import sections, team_sections, team_settings
from pwa.operations.book_files.fields import (
    assign_columns,
    check_object,
    list_entries,
    read_columns,
)
from pwa.operations.book_files.matching import (
    Entries,
    check_date_order,
    insert_or_update,
    match_by_key,
)
from pwa.operations.book_files.problems import Warnings
from pwa.operations.book_files.references import References
from pwa.operations.book_files.values import invalid_value

USUAL_TEAM = "Team"


def load_accounts(book: dict[str, Any], names: References, warnings: Warnings) -> None:
    """Write teams, users and covers, and let `names` know everybody, those of before included.

    A new user has no password: an administrator gives them a link.
    """
    team_settings.load_rule_settings(book.get("numbers"), names)
    _load_teams(book, names, warnings)
    _load_users(book, names, warnings)
    _load_covers(book, names, warnings)


def register_accounts(names: References) -> None:
    """Fill `names` with the teams and users that are stored."""
    for team_id, name in session.execute(sa.select(Team.id, Team.name).order_by(Team.id)):
        names.teams[name] = team_id
        names.team_of[team_id] = name
    for user_id, email in session.execute(sa.select(User.id, User.email).order_by(User.id)):
        names.users[email] = user_id
        names.user_of[user_id] = email


def _load_teams(book: dict[str, Any], names: References, warnings: Warnings) -> None:
    existing = {team.name: team for team in session.scalars(sa.select(Team))}
    for place, given in list_entries(book, "teams", ""):
        known = existing.get(_stripped_text(given, "name"))
        columns = read_columns(sections.TEAMS, given, place, names, warnings, new=known is None)
        columns["name"] = columns["name"].strip()
        if known is None:
            existing[columns["name"]] = team = Team(**columns)
            session.add(team)
            session.flush()
        else:
            assign_columns(known, columns)
        team_id = names.teams[columns["name"]] = existing[columns["name"]].id
        team_settings.load_team_settings(team_id, given, place, names)
    for name, team in existing.items():
        names.teams.setdefault(name, team.id)
    if not names.teams:
        session.add(team := Team(name=USUAL_TEAM))
        session.flush()
        names.teams[team.name] = team.id


def _load_users(book: dict[str, Any], names: References, warnings: Warnings) -> None:
    existing = {user.email: user for user in session.scalars(sa.select(User))}
    seen: set[str] = set()
    for place, raw in list_entries(book, "users", ""):
        check_object(raw, place)
        known = existing.get(_stripped_text(raw, "email").casefold())
        given = raw if known or raw.get("name") else {**raw, "name": _name_from_email(raw)}
        if known:
            given = {"name": known.name, **given}
        columns = read_columns(sections.USERS, given, place, names, warnings, new=known is None)
        if columns["email"] in seen:
            raise invalid_value(f"{place}.email", columns["email"], "there twice")
        seen.add(columns["email"])
        if known is None:
            session.add(User(created_at=names.now, **columns))
        else:
            assign_columns(known, columns)
    session.flush()
    register_accounts(names)


def _load_covers(book: dict[str, Any], names: References, warnings: Warnings) -> None:
    entries = list(list_entries(book, "covers", ""))
    for place, user in list_entries(book, "users", ""):
        for where, given in list_entries(user, "covers", place):
            check_object(given, where)
            entries.append((where, {"user": user["email"], **given}))
    if entries:
        _merge_covers(entries, names, warnings)


def _merge_covers(entries: Entries, names: References, warnings: Warnings) -> None:
    existing = session.scalars(sa.select(Cover).order_by(Cover.id)).all()
    key = ("absent_id", "covered_by_id", "first_day")
    for row, columns, place in match_by_key(
        team_sections.COVERS, entries, existing, key, names, warnings
    ):
        check_date_order(columns["first_day"], columns["last_day"], place)
        insert_or_update(Cover, row, columns)


def _stripped_text(given: Any, name: str) -> str:
    return str(given.get(name, "")).strip() if isinstance(given, dict) else ""


def _name_from_email(given: dict[str, Any]) -> str:
    return str(given.get("email", "")).partition("@")[0] or "?"
