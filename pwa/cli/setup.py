"""First steps: secrets and the database, and the first people."""

import os
import secrets
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from pwa import clock
from pwa.cli import demo
from pwa.cli.fail import fail
from pwa.db import writing
from pwa.migrate import newest, upgrade
from pwa.models import Role
from pwa.operations.accounts import passwords, users
from pwa.push import configured
from pwa.push.keys import VapidKeyError


@click.command()
@click.option("--demo-if-empty", is_flag=True, help="Load the demo book while nobody is here yet.")
@with_appcontext
def init(demo_if_empty: bool) -> None:
    """Make secrets and keys, and migrate the database. Safe to repeat."""
    config = current_app.config["ROUNDS"]
    config.instance_path.mkdir(parents=True, exist_ok=True)
    if not config.secret_key:
        write_private(config.instance_path / "secret_key", secrets.token_hex(32))
        click.echo("Made a secret for sessions.")
    try:
        if configured.make_key(config):
            click.echo("Made a key for notifications.")
    except VapidKeyError as problem:
        fail(str(problem))
    if upgrade(current_app.extensions["engine"]):
        click.echo(f"Migrated the database to {newest()}.")
    else:
        click.echo("The database is up to date.")
    if demo_if_empty:
        demo.load_if_empty()


def write_private(path: Path, text: str) -> None:
    """A file that only its owner may read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(text + "\n")


@click.command("create-user")
@click.argument("email")
@click.option("--name", required=True, help="The person's full name.")
@click.option("--role", type=click.Choice([r.value for r in Role]), required=True)
@click.option("--team", required=True, help="The team's name; made when there is none.")
@click.option("--timezone", default="UTC", show_default=True, help="As in Europe/Oslo.")
@with_appcontext
def create_user(email: str, name: str, role: str, team: str, timezone: str) -> None:
    """Add a person; the password is read from standard input."""
    password = read_password()
    now = clock.now()
    try:
        chosen = passwords.hash_password(password)
        with writing():
            home = users.team_named(team)
            user = users.create_user(email, name, Role(role), home, timezone, now)
            passwords.set_password(user, chosen, now)
    except users.AccountError as refused:
        fail(str(refused))
    click.echo(f"{user.email} may sign in as {role}.")


def read_password() -> str:
    """One line of standard input; hidden where a person types it."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


commands = (init, create_user)
