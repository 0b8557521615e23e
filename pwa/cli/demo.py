"""The demo book, for looking around."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from pwa import clock
from pwa.cli.fail import fail
from pwa.db import writing
from pwa.demo import PASSWORD, PEOPLE, demo_book
from pwa.operations import book_files
from pwa.operations.maintenance import demo_data as operations


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the demo book to this file and load nothing.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the sign-ins as JSON.")
@with_appcontext
def demo(output: Path | None, as_json: bool) -> None:
    """Load the demo book: five people, 60 clients, half a year. Safe to repeat.

    Its days are counted from the day it is loaded. It lies beside whatever is here, and nothing in
    it is real: its administrator sees every other client too, so keep it off a real installation.
    """
    if output is not None:
        write_book(output)
        return
    load_once()
    say_sign_ins(as_json)


def load_once() -> None:
    """Load the demo book unless it is here; say so in one line either way."""
    if operations.is_loaded():
        click.echo("The demo book is here already; nothing was changed.", err=True)
        return
    others = operations.count_other_clients()
    try:
        with writing():
            loaded = operations.load(clock.now(), current_app.config["ROUNDS"].region)
    except book_files.BadBook as problem:
        fail(str(problem))
    beside = f" beside {others} clients that were here before" if others else ""
    click.echo(f"The demo book is loaded: {loaded.created} clients{beside}.", err=True)


def load_if_empty() -> None:
    """Load the demo where nobody may sign in yet; print its sign-ins while it is here."""
    if not operations.has_users():
        load_once()
    if operations.is_loaded():
        say_sign_ins(as_json=False)


def say_sign_ins(as_json: bool) -> None:
    """Print who may sign in to the demo, and with which password."""
    sign_ins = [
        {"email": f"{first}@rounds.example", "name": name, "role": role, "password": PASSWORD}
        for first, name, role in PEOPLE
    ]
    if as_json:
        click.echo(json.dumps(sign_ins))
        return
    click.echo(f"Demo sign-ins, all with the password {PASSWORD}:")
    for person in sign_ins:
        click.echo(f"  {person['email']:<25} {person['role']:<14} {person['name']}")


def write_book(output: Path) -> None:
    """The demo book of this moment as a file for `load-book`."""
    try:
        output.write_text(json.dumps(demo_book(clock.now()), ensure_ascii=False, indent=1) + "\n")
    except OSError as problem:
        fail(f"{output} cannot be written: {problem.strerror}.")


commands = (demo,)
