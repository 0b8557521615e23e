"""Loads the teams, users and covers of a book, and the rule settings."""

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


def load_accounts(book: dict[str, Any], references: References, warnings: Warnings) -> None:
    """Write rule settings, teams, users and covers; registers every team and user in `references`.

    A new user has no password: an administrator gives them a link. Raises BadBook.
    """
    team_settings.load_rule_settings(book.get("numbers"), references)
    _load_teams(book, references, warnings)
    _load_users(book, references, warnings)
    _load_covers(book, references, warnings)


def register_accounts(references: References) -> None:
    """Let e-mails and team names resolve to the ids of the stored users and teams, and back."""
    for team_id, name in session.execute(sa.select(Team.id, Team.name).order_by(Team.id)):
        references.teams[name] = team_id
        references.team_of[team_id] = name
    for user_id, email in session.execute(sa.select(User.id, User.email).order_by(User.id)):
        references.users[email] = user_id
        references.user_of[user_id] = email


def _load_teams(book: dict[str, Any], references: References, warnings: Warnings) -> None:
    stored = {team.name: team for team in session.scalars(sa.select(Team))}
    for path, entry in list_entries(book, "teams", ""):
        known = stored.get(_stripped_text(entry, "name"))
        columns = read_columns(sections.TEAMS, entry, path, references, warnings, new=known is None)
        columns["name"] = columns["name"].strip()
        if known is None:
            stored[columns["name"]] = team = Team(**columns)
            session.add(team)
            session.flush()
        else:
            assign_columns(known, columns)
        team_id = references.teams[columns["name"]] = stored[columns["name"]].id
        team_settings.load_team_settings(team_id, entry, path, references)
    for name, team in stored.items():
        references.teams.setdefault(name, team.id)
    if not references.teams:
        session.add(team := Team(name=USUAL_TEAM))
        session.flush()
        references.teams[team.name] = team.id


def _load_users(book: dict[str, Any], references: References, warnings: Warnings) -> None:
    stored = {user.email: user for user in session.scalars(sa.select(User))}
    seen: set[str] = set()
    for path, raw in list_entries(book, "users", ""):
        check_object(raw, path)
        known = stored.get(_stripped_text(raw, "email").casefold())
        entry = raw if known or raw.get("name") else {**raw, "name": _name_from_email(raw)}
        if known:
            entry = {"name": known.name, **entry}
        columns = read_columns(sections.USERS, entry, path, references, warnings, new=known is None)
        if columns["email"] in seen:
            raise invalid_value(f"{path}.email", columns["email"], "there twice")
        seen.add(columns["email"])
        if known is None:
            session.add(User(created_at=references.now, **columns))
        else:
            assign_columns(known, columns)
    session.flush()
    register_accounts(references)


def _load_covers(book: dict[str, Any], references: References, warnings: Warnings) -> None:
    entries = list(list_entries(book, "covers", ""))
    for path, user in list_entries(book, "users", ""):
        for cover_path, entry in list_entries(user, "covers", path):
            check_object(entry, cover_path)
            entries.append((cover_path, {"user": user["email"], **entry}))
    if entries:
        _merge_covers(entries, references, warnings)


def _merge_covers(entries: Entries, references: References, warnings: Warnings) -> None:
    stored = session.scalars(sa.select(Cover).order_by(Cover.id)).all()
    key = ("absent_id", "covered_by_id", "first_day")
    for row, columns, path in match_by_key(
        team_sections.COVERS, entries, stored, key, references, warnings
    ):
        check_date_order(columns["first_day"], columns["last_day"], path)
        insert_or_update(Cover, row, columns)


def _stripped_text(entry: Any, name: str) -> str:
    return str(entry.get(name, "")).strip() if isinstance(entry, dict) else ""


def _name_from_email(entry: dict[str, Any]) -> str:
    return str(entry.get("email", "")).partition("@")[0] or "?"
