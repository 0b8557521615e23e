"""The day list of a manager, as it stands or stood."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from pwa import clock
from pwa.cli.fail import fail
from pwa.cli.moment import Moment
from pwa.db import session
from pwa.models import Client, Contact, User
from pwa.operations.accounts import users
from pwa.operations.day_list import day_list
from pwa.operations.text.reason_text import why_line
from pwa.rules.day_list.row import Row


@click.command("day-list")
@click.argument("email")
@click.option("--at", type=Moment(), help="As it was, or will be, at this moment.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def print_day_list(email: str, at: datetime | None, as_json: bool) -> None:
    """Who to turn to, in what order, and why."""
    user = session.scalar(sa.select(User).where(User.email == users.fold_email(email)))
    if user is None:
        fail(f"Nobody here has the address {email}.")
    now = at or clock.now()
    rows = day_list.whole_list(user, now, past=at is not None)
    if as_json:
        named = names(rows)
        out = [as_dict(row, why_line(row, now, user.zone), named, user.zone) for row in rows]
        click.echo(json.dumps(out, ensure_ascii=False))
        return
    for row in rows:
        line = why_line(row, now, user.zone)
        click.echo(f"{row.tier.value:<11}{row.client_name} · {row.contact_name} · {line}")


def names(rows: list[Row]) -> dict[tuple[type, int | None], tuple[str, str | None]]:
    """The ref and the zone of every client and contact in the rows."""
    ids: dict[Any, set[int | None]] = {
        Client: {row.client_id for row in rows},
        Contact: {row.contact_id for row in rows},
    }
    return {
        (model, row.id): (row.ref, row.timezone)
        for model, wanted in ids.items()
        for row in session.execute(
            sa.select(model.id, model.ref, model.timezone).where(model.id.in_(wanted))
        )
    }


def as_dict(row: Row, why: str, named: Any, zone: ZoneInfo) -> dict[str, Any]:
    """A row in the words of the interface; its window in the contact's own zone."""
    client_ref, client_zone = named[Client, row.client_id]
    contact_ref, contact_zone = named.get((Contact, row.contact_id), (None, None))
    there = ZoneInfo(contact_zone or client_zone or zone.key)
    ends = (row.window.opens, row.window.closes) if row.window else ()
    return {
        "tier": row.tier.value,
        "kind": row.kind.value,
        "client": row.client_name,
        "client_ref": client_ref,
        "contact": row.contact_name or None,
        "contact_ref": contact_ref,
        "phone": row.phone,
        "reason": row.reason.value,
        "why": why,
        "window": [end.astimezone(there).isoformat() for end in ends] or None,
        "open_now": row.open_now,
        "due": row.due.isoformat() if row.due else None,
        "minutes": row.minutes,
    }


commands = (print_day_list,)
