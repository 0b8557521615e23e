"""`import-clients`: a list of clients from another program."""

import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _

from pwa import clock
from pwa.cli.fail import fail
from pwa.intake import ClientList, IntakeError, Problem, open_list
from pwa.operations import imports

EVERY = 5000
UNDECIDED = {
    "nobody": "There is no manager yet: add one with create-user first.",
    "owner": "No manager is called “{}”: give the e-mail address of one.",
    "whose": "There are several managers: say whose clients these are with --owner EMAIL.",
    "timezone": "“{}” is not a time zone: write it as Europe/Oslo.",
}


@click.command("import-clients")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--owner", metavar="EMAIL", help="Who looks after the clients of rows that name nobody."
)
@click.option("--region", metavar="AU", help="Country of phones and places that name none.")
@click.option("--columns", metavar="A,B,C", help="The columns in order; - leaves one out.")
@click.option(
    "--timezone", metavar="ZONE", help="Time zone of the clients, as in Australia/Sydney."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@with_appcontext
def import_clients(
    file: Path,
    owner: str | None,
    region: str | None,
    columns: str | None,
    timezone: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import clients from a CSV or vCard FILE. Doing it twice creates nothing twice."""
    where = region or imports.default_region(owner) or current_app.config["ROUNDS"].region
    with closing(_open(file)) as stream:
        try:
            clients = open_list(
                stream,
                filename=file.name,
                region=where,
                columns=[each.strip() for each in columns.split(",")] if columns else None,
            )
            decided = imports.decide(clients, owner, timezone)
        except IntakeError as error:
            fail(error.message.render(_))
        except imports.UndecidedImport as error:
            fail(UNDECIDED[error.reason].format(error.value))
        counts, problems = _import(clients, decided, dry_run)
    if as_json:
        click.echo(json.dumps(counts.as_dict() | {"errors": _plain(problems)}, ensure_ascii=False))
    else:
        _tell(clients, counts, problems, dry_run)


def _open(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.")


def _import(
    clients: ClientList, decided: imports.ImportDecisions, dry_run: bool
) -> tuple[imports.Counts, list[Problem]]:
    problems: list[Problem] = []
    show = _progress()

    def report(progress: imports.Progress) -> None:
        problems.extend(progress.problems)
        show(progress)

    if dry_run:
        return imports.dry_run_import(clients, decided, report), problems
    return imports.run_import(clients, decided, clock.now(), report), problems


def _progress() -> Callable[[imports.Progress], None]:
    """Shows how far it is on standard error: one moving line, or a line each 5,000 rows."""
    told = 0

    def on_terminal(progress: imports.Progress) -> None:
        done = progress.share >= 1
        words = f"\r{progress.counts.rows:,} rows, {progress.share:.0%}"
        click.echo(words, err=True, nl=done)

    def in_log(progress: imports.Progress) -> None:
        nonlocal told
        if progress.counts.rows >= told + EVERY:
            told = progress.counts.rows
            click.echo(f"{told:,} rows", err=True)

    return on_terminal if sys.stderr.isatty() else in_log


def _plain(problems: list[Problem]) -> list[dict[str, str | int]]:
    return [
        {"row": each.row, "column": each.column, "problem": each.problem.render(_)}
        for each in problems
    ]


def _tell(
    clients: ClientList, counts: imports.Counts, problems: list[Problem], dry_run: bool
) -> None:
    if unread := imports.unread_headings(clients):
        click.echo("Columns that are not read: " + ", ".join(unread))
    for each in problems:
        place = f"row {each.row}, {each.column}" if each.column else f"row {each.row}"
        click.echo(f"{place}: {each.problem.render(_)}")
    start = "Nothing was changed. It would be: " if dry_run else ""
    click.echo(
        f"{start}{counts.created} created, {counts.updated} updated, "
        f"{counts.unchanged} unchanged, {counts.skipped} skipped."
    )


commands = (import_clients,)
