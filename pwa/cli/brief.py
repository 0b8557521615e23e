"""The brief of a client, as it stands or stood."""

import json
from datetime import datetime
from typing import Any

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from pwa import clock
from pwa.cli.fail import fail
from pwa.cli.moment import Moment
from pwa.db import session
from pwa.models import Client
from pwa.operations.brief.brief import FullBrief, full_brief
from pwa.operations.brief.wording import question_words


@click.command("brief")
@click.argument("client")
@click.option("--at", type=Moment(), help="As it was, or will be, at this moment.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def print_brief(client: str, at: datetime | None, as_json: bool) -> None:
    """What to know before talking with CLIENT, a ref or an id."""
    found = _id_of(client)
    if found is None:
        fail(f"There is no client with the ref or the id {client}.")
    brief = full_brief(found, at or clock.now(), past=at is not None)
    if as_json:
        click.echo(json.dumps(as_dict(brief), ensure_ascii=False))
        return
    who = brief.contact.name if brief.contact else "nobody to reach yet"
    click.echo(f"{brief.client.name} · {who}")
    for line in brief.lines:
        click.echo(" · ".join(filter(None, (line.words, line.beside))))


def _id_of(given: str) -> int | None:
    """The number of the client with this ref, else with this id."""
    by_ref = session.scalar(sa.select(Client.id).where(Client.ref == given))
    if by_ref is not None or not (given.isascii() and given.isdigit()) or len(given) > 9:
        return by_ref
    return session.scalar(sa.select(Client.id).where(Client.id == int(given)))


def as_dict(brief: FullBrief) -> dict[str, Any]:
    """The brief in the words of the interface."""
    facts = brief.facts
    refs = {one.contact: one.ref for one in facts.heard}
    called = {one.contact: one.name for one in facts.heard}

    def person(contact: int | None) -> dict[str, str | None]:
        key = contact or 0
        return {"contact": called.get(key), "contact_ref": refs.get(key)}

    return {
        "stage": brief.stage.value,
        "next_due": brief.next_due.isoformat() if brief.next_due else None,
        "offer": facts.offer.value if facts.offer else None,
        "writing_locked": brief.writing_locked,
        "owed": [
            {
                "ref": one.ref,
                "words": one.words,
                "due": one.due.isoformat(),
                "days_late": one.days_late,
                **person(one.contact),
            }
            for one in facts.owed
        ],
        "uncovered": [
            {
                "ref": one.ref,
                "title": one.title,
                "kind": one.kind.value,
                "priority": one.priority.value,
                "opened": one.opened.isoformat(),
                "due": one.due.isoformat() if one.due else None,
            }
            for one in facts.uncovered
        ],
        "ask_preference": bool(facts.ask),
        "heard": [
            {
                **person(one.contact),
                "last": one.last.isoformat() if one.last else None,
                "days": one.days,
            }
            for one in facts.heard
        ],
        "kept": list(facts.kept),
        "second_time": facts.second_time,
        "question": question_words(facts.question) if facts.question else None,
    }


commands = (print_brief,)
