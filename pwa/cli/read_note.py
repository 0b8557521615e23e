"""`read-note`: the suggestions in a note, read as after a call."""

import json
import sys
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from pwa import clock
from pwa.cli.fail import fail
from pwa.cli.moment import Moment
from pwa.note_parser import Suggestion, read


@click.command("read-note")
@click.option("--at", type=Moment(local=True), help="The moment of the call; now unless told.")
@click.option("--timezone", metavar="ZONE", help="The manager's zone, as in Europe/Oslo.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def read_note(at: datetime | None, timezone: str | None, as_json: bool) -> None:
    """Suggestions from a transcript on standard input.

    Days count from the day of the call in --timezone, else in the offset that --at was given
    with, else in UTC. Our own rules read, whatever reads the notes of the app.
    """
    now = _moment(at, None if timezone is None else _zone(timezone))
    transcript = sys.stdin.buffer.read().decode(errors="replace")
    suggestions = read(transcript, now)
    if as_json:
        click.echo(json.dumps([as_dict(s) for s in suggestions], ensure_ascii=False))
        return
    for suggestion in suggestions:
        click.echo(_line(suggestion))


def _moment(at: datetime | None, zone: ZoneInfo | None) -> datetime:
    """A time without an offset is one of the zone that was given, else of UTC."""
    at = at or clock.now()
    if at.tzinfo is None:
        return at.replace(tzinfo=zone or UTC)
    return at.astimezone(zone) if zone else at


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fail(f"“{name}” is not a time zone: write it as Europe/Oslo.")


def as_dict(suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion in the words of the interface."""
    return {
        "kind": suggestion.kind,
        "text": suggestion.text,
        "words": suggestion.words,
        "date": suggestion.date.isoformat() if suggestion.date else None,
        "time": suggestion.time.strftime("%H:%M") if suggestion.time else None,
        "value": suggestion.value,
    }


def _line(suggestion: Suggestion) -> str:
    when = " ".join(
        [
            suggestion.date.strftime("%a %d %b %Y") if suggestion.date else "",
            suggestion.time.strftime("%H:%M") if suggestion.time else "",
        ]
    ).strip()
    done = "done" if suggestion.done else ""
    value = "" if suggestion.value in (None, suggestion.text) else suggestion.value
    return f"{suggestion.kind:<11}" + " · ".join(filter(None, (suggestion.text, when, value, done)))


commands = (read_note,)
