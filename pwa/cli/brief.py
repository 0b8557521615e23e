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
from pwa.operations.brief.phrases import question_words


@click.command("brief")
@click.argument("client")
@click.option("--at", type=Moment(), help="As it was, or will be, at this moment.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def print_brief(client: str, at: datetime | None, as_json: bool) -> None:
    """What to know before talking with CLIENT, a ref or an id."""
    client_id = _id_of(client)
    if client_id is None:
        fail(f"There is no client with the ref or the id {client}.")
    brief = full_brief(client_id, at or clock.now(), past=at is not None)
    if as_json:
        click.echo(json.dumps(as_dict(brief), ensure_ascii=False))
        return
    who = brief.contact.name if brief.contact else "nobody to reach yet"
    click.echo(f"{brief.client.name} · {who}")
    for line in brief.lines:
        click.echo(" · ".join(filter(None, (line.words, line.beside))))


def _id_of(key: str) -> int | None:
    """The number of the client with this ref, else with this id."""
    by_ref = session.scalar(sa.select(Client.id).where(Client.ref == key))
    if by_ref is not None or not (key.isascii() and key.isdigit()) or len(key) > 9:
        return by_ref
    return session.scalar(sa.select(Client.id).where(Client.id == int(key)))


def as_dict(brief: FullBrief) -> dict[str, Any]:
    """The brief in the words of the interface."""
    facts = brief.facts
    refs = {contact.contact: contact.ref for contact in facts.heard}
    called = {contact.contact: contact.name for contact in facts.heard}

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
                "ref": promise.ref,
                "words": promise.words,
                "due": promise.due.isoformat(),
                "days_late": promise.days_late,
                **person(promise.contact),
            }
            for promise in facts.owed
        ],
        "uncovered": [
            {
                "ref": request.ref,
                "title": request.title,
                "kind": request.kind.value,
                "priority": request.priority.value,
                "opened": request.opened.isoformat(),
                "due": request.due.isoformat() if request.due else None,
            }
            for request in facts.uncovered
        ],
        "ask_preference": bool(facts.ask),
        "heard": [
            {
                **person(contact.contact),
                "last": contact.last.isoformat() if contact.last else None,
                "days": contact.days,
            }
            for contact in facts.heard
        ],
        "kept": list(facts.kept),
        "second_time": facts.second_time,
        "question": question_words(facts.question) if facts.question else None,
    }


commands = (print_brief,)
