"""`doctor`: what stands between this installation and real people, each with its remedy."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from config import LOCAL_HOSTS, Config
from pwa import clock
from pwa.db import session
from pwa.migrate import is_current
from pwa.models import User
from pwa.operations.maintenance.push_trouble import push_trouble, worker_trouble
from pwa.operations.voice_notes import transcription
from pwa.push import configured, vapid
from pwa.push.keys import VapidKeyError
from pwa.speech import engine_choice

SAFE_SQLITE = (3, 51, 3)
NAMED = 10  # people
UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something missing or wrong, and what to do about it."""

    about: str
    problem: str
    remedy: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Say what is missing for real people, each with its remedy. Exit 1 when something is."""
    findings = list(examine(current_app.config["ROUNDS"]))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            click.echo(f"{finding.about}: {finding.problem} {finding.remedy}")
        if not findings:
            click.echo("All is well.")
    if findings:
        raise SystemExit(1)


def examine(config: Config) -> Iterator[Finding]:
    """Every finding, the settings first."""
    yield from _address(config)
    yield from _secrets(config)
    yield from _mail(config)
    yield from _folder(config)
    yield from _engine(config)
    try:
        yield from _database(config)
    except sa.exc.OperationalError as error:
        session.rollback()
        remedy = "Start the database, or correct DATABASE_URL."
        yield Finding("Database", f"It does not answer ({error.orig}).", remedy)


def _engine(config: Config) -> Iterator[Finding]:
    lacking = None if config.speech_engine == "none" else engine_choice.missing(config)
    if lacking:
        problem, _, remedy = lacking.partition(". ")
        yield Finding("SPEECH_ENGINE", f"{problem}.", remedy)


def _address(config: Config) -> Iterator[Finding]:
    if config.development:
        yield Finding(
            "ROUNDS_ENV", "It is development.", "Take it away; production is the default."
        )
    if not config.secure:
        yield Finding(
            "BASE_URL",
            f"It is {config.base_url}: phones give microphone and notifications to https:// only.",
            "Set it to the address that people open; docs/deploy.md, “HTTPS”, has the certificate.",
        )
    elif not config.trusted_proxies:
        yield Finding(
            "TRUSTED_PROXIES",
            "It is 0, so every sign-in seems to come from the proxy that serves https://.",
            "Set it to how many proxies stand in front, usually 1.",
        )


def _secrets(config: Config) -> Iterator[Finding]:
    if not config.secret_key:
        yield Finding("SECRET_KEY", "There is none.", "Run `flask --app pwa init`.")
    try:
        configured.private_key(config)
    except VapidKeyError as problem:
        remedy = "`init` makes one; VAPID_PRIVATE_KEY[_FILE] may hold it instead."
        yield Finding("VAPID key", str(problem), remedy)
    host = urlsplit(config.vapid_contact).hostname or config.vapid_contact.rpartition("@")[2]
    if host in LOCAL_HOSTS or not _is_contact(config.vapid_contact):
        yield Finding(
            "VAPID_CONTACT",
            f"It is {config.vapid_contact}: Apple refuses notifications from an address like that.",
            "Set it to mailto: and an address of yours that someone reads.",
        )


def _is_contact(value: str) -> bool:
    try:
        vapid.subject(value)
    except ValueError:
        return False
    return True


def _mail(config: Config) -> Iterator[Finding]:
    if not config.smtp_url:
        yield Finding(
            "SMTP_URL",
            "No mail is sent: links to set a password are shown to the administrator only.",
            "Set it to your mail server, as in smtps://name:password@mail.example.com.",
        )


def _folder(config: Config) -> Iterator[Finding]:
    notes = _nearest(Path(config.voice_notes_url))
    for about, folder in (("INSTANCE_PATH", config.instance_path), ("VOICE_NOTES_URL", notes)):
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            yield Finding(
                about,
                f"{folder} cannot be written to ({error.strerror}).",
                f"Give it to the user that runs Rounds (number {os.getuid()}).",
            )


def _nearest(folder: Path) -> Path:
    """The part of the folder's path that exists: the first note makes the rest."""
    with suppress(PermissionError):  # which is found once more by who writes to it
        while not folder.exists():
            folder = folder.parent
    return folder


def _database(config: Config) -> Iterator[Finding]:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        yield from _sqlite(connection.dialect.dbapi)
    if not is_current(connection):
        yield Finding("Database", "It has an older shape.", "Run `flask --app pwa init`.")
        return
    yield from _notes()
    yield from _pushes()
    if config.secure:
        yield from _demo()


def _sqlite(module: Any) -> Iterator[Finding]:
    if module.sqlite_version_info < SAFE_SQLITE:
        bundled = module.__name__.startswith("pysqlite3")
        yield Finding(
            "SQLite",
            f"Version {module.sqlite_version} ({'bundled' if bundled else 'of this system'})"
            " may damage a database that is written to from two sides.",
            "Install pysqlite3 where there is a wheel for this machine, or use PostgreSQL.",
        )


def _notes() -> Iterator[Finding]:
    if count := transcription.count_failed():
        yield Finding(
            "Spoken notes",
            f"{count} could not be heard.",
            "Hear them again by `flask --app pwa hear-again`, once what failed is mended.",
        )


def _pushes() -> Iterator[Finding]:
    here = (clock.now(), UTC)
    for trouble in (*worker_trouble(*here), *push_trouble(*here)):
        names = ", ".join(name for _, name in trouble.users[:NAMED])
        if len(trouble.users) > NAMED:
            names += ", …"
        problem = f"{trouble.problem} ({names})" if names else trouble.problem
        yield Finding(trouble.about, problem, trouble.remedy)


def _demo() -> Iterator[Finding]:
    made_up = sa.or_(User.email.like("%@example.com"), User.email.like("%.example"))
    query = sa.select(sa.func.count()).select_from(User)
    count = session.scalar(query.where(made_up, User.deactivated_at.is_(None)))
    if count:
        yield Finding(
            "Demo people",
            f"{count} may sign in here with a password that anyone can read.",
            "Deactivate them, or begin with an empty book.",
        )


commands = (doctor,)
