"""Sending what is due: one sweep by hand, or the worker that sweeps every minute."""

import json
from dataclasses import asdict
from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from pwa import clock, jobs
from pwa.cli.fail import fail
from pwa.cli.moment import Moment
from pwa.operations import notices
from pwa.push.keys import VapidKeyError


@click.command("send-reminders")
@click.option(
    "--at",
    type=Moment(),
    help=(
        "Take this moment for now. No preview: what is due by then is sent and settled,"
        " and does not come again."
    ),
)
@click.option("--json", "as_json", is_flag=True, help="Print the lines as JSON.")
@with_appcontext
def send_reminders(at: datetime | None, as_json: bool) -> None:
    """One sweep: what is due is sent. Prints what was sent, what was skipped, and why."""
    try:
        lines = notices.sweep(at)
    except VapidKeyError as problem:
        fail(str(problem))
    if at is None:
        notices.store_heartbeat(clock.now())
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines], indent=2))
        return
    for line in lines:
        words = f" “{line.title}”" if line.title else ""
        click.echo(f"{line.result}: {line.kind}{words} for {line.person}. {line.why}")
    if not lines:
        click.echo("Nothing is due.")


@click.command()
@with_appcontext
def worker() -> None:
    """Run the background process. Each minute it sends what is due; Ctrl-C stops it."""
    jobs.run_worker(current_app._get_current_object())  # type: ignore[attr-defined]  # a proxy


commands = (send_reminders, worker)
