"""A whole book in and out."""

import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from pwa import clock
from pwa.cli.fail import fail
from pwa.db import session, writing
from pwa.models import User
from pwa.operations import book_files
from pwa.operations.notices import booked


@click.command("load-book")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@with_appcontext
def load_book(file: Path, as_json: bool) -> None:
    """Load a book of clients from a JSON FILE. Loading twice changes nothing.

    People in it who are new have no password yet: an administrator gives each a link.
    """
    book = read_json(file)
    try:
        loaded = load(book)
    except book_files.BadBook as problem:
        fail(str(problem))
    for warning in loaded.warnings:
        click.echo(warning, err=True)
    if as_json:
        shown = {name: value for name, value in vars(loaded).items() if name != "rebooked"}
        click.echo(json.dumps(shown))
        return
    click.echo(
        f"{loaded.created} clients created, {loaded.updated} updated, {loaded.unchanged} unchanged."
    )


@click.command("export-book")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file instead of standard output.",
)
@with_appcontext
def export_book(output: Path | None) -> None:
    """Print the whole book as JSON, all but passwords and keys."""
    if output is None:
        for piece in book_files.export(clock.now()):
            click.echo(piece, nl=False)
        return
    unfinished = output.with_name(output.name + ".unfinished")
    try:
        with unfinished.open("w", encoding="utf-8") as out:
            out.writelines(book_files.export(clock.now()))
        unfinished.replace(output)
    except OSError as problem:
        fail(f"{output} cannot be written: {problem.strerror}.")


def read_json(file: Path) -> Any:
    """The parsed file; one line and exit 1 where it is no JSON."""
    try:
        return json.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as problem:
        fail(f"{file} cannot be read: {problem.strerror}.")
    except UnicodeDecodeError:
        fail(f"{file} is not JSON: it is not written in UTF-8.")
    except json.JSONDecodeError as problem:
        fail(f"{file} is not JSON: {problem.msg} in line {problem.lineno}.")
    except RecursionError:
        fail(f"{file} is not JSON that we can read: it is nested too deeply.")


def load(book: Any) -> book_files.LoadResult:
    """Write a book in one unit of work, with progress on standard error for a long one."""
    now = clock.now()
    with writing():
        result = book_files.load(book, now, current_app.config["ROUNDS"].region, progress)
        for user_id in sorted(result.rebooked):
            booked.keep_all_in_step(session.get_one(User, user_id), now)
    return result


def progress(done: int, total: int) -> None:
    """A line now and then, where somebody waits."""
    if total > 1000 and (done % 1000 == 0 or done == total):
        click.echo(f"{done} of {total} clients", err=True)


commands = (load_book, export_book)
