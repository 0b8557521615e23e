"""A synthetic book for load tests."""

import json

import click
from flask.cli import with_appcontext

from pwa import clock
from pwa.cli.fail import fail
from pwa.db import writing
from pwa.operations import synthetic


@click.command("bench-data")
@click.option("--managers", type=click.IntRange(1, 10_000), required=True)
@click.option("--clients", type=click.IntRange(1, 5_000_000), required=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other people.")
@click.option("--json", "as_json", is_flag=True, help="Print managers and password as JSON.")
@with_appcontext
def bench_data(managers: int, clients: int, seed: int, as_json: bool) -> None:
    """Write a synthetic book for load tests beside what is here.

    The first manager gets 5,000 clients and the second 200 where the numbers allow, the rest is
    shared evenly. About one client in twenty is late; four in five said how they like to be
    reached.
    """
    if clients < managers:
        fail(f"{managers} managers need at least {managers} clients.")
    if synthetic.exists():
        fail("A synthetic book is here already: start with another INSTANCE_PATH or DATABASE_URL.")
    with writing():
        made = synthetic.make(managers, clients, seed, clock.now(), progress)
    if as_json:
        click.echo(json.dumps({"password": made.password, "managers": made.managers}))
        return
    for email, count in list(made.managers.items())[:3]:
        click.echo(f"{email}: {count} clients")
    click.echo(f"{clients} clients of {managers} managers; all have the password {made.password}")


def progress(done: int, total: int) -> None:
    """A line for every ten thousand."""
    if done % 10_000 == 0 or done == total:
        click.echo(f"{done} of {total} clients", err=True)


commands = (bench_data,)
