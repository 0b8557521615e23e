"""Promises grouped by due day, and their status in words."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from pwa.operations.promises.promises import Ledger, Miss, PromiseLine
from pwa.web.text.datetime_filters import day, today

DAY = timedelta(days=1)
LONGEST = 60  # letters of a promise inside a sentence


def init_app(app: Flask) -> None:
    """Registers the filters for templates."""
    app.jinja_env.filters.update(ledger=ledger, expected=expected)


def by_days(lines: Iterable[PromiseLine], now: date) -> list[tuple[str, list[PromiseLine]]]:
    """(heading, lines) by due day, in the order of the lines."""
    grouped = groupby(lines, key=lambda line: when(line.promise.falls_due, now))
    return [(words, list(group)) for words, group in grouped]


def when(due: date, now: date) -> str:
    """Late, today, tomorrow, this week (until Sunday), or later."""
    if due < now:
        return _("Late")
    if due == now:
        return _("Today")
    if due == now + DAY:
        return _("Tomorrow")
    return _("This week") if due <= now + DAY * (6 - now.weekday()) else _("Later")


def ledger(kept: Ledger) -> str:
    """For example: "Kept 11 of 12; “send the quote” was 2 days late."; empty before any was due."""
    if not kept.total:
        return ""
    words = _("Kept %(kept)d of %(total)d", kept=kept.kept, total=kept.total)
    return f"{words}; {_miss(kept.miss)}." if kept.miss else f"{words}."


def expected(line: PromiseLine) -> str:
    """The note on a move that the client was not told of in time; empty for any other."""
    name = line.promise.contact.first_name if line.promise.contact else line.promise.client.name
    if line.expected is None:
        return ""
    if line.standing.is_miss:
        return _("%(name)s expected it %(day)s", name=name, day=_on(line.expected))
    return _("%(name)s still expects it %(day)s: say so today", name=name, day=_on(line.expected))


def _miss(miss: Miss) -> str:
    words = miss.words if len(miss.words) <= LONGEST else miss.words[: LONGEST - 1].rstrip() + "…"
    if miss.still_open:
        return ngettext(
            "“%(words)s” is %(num)d day late",
            "“%(words)s” is %(num)d days late",
            miss.days,
            words=words,
        )
    return ngettext(
        "“%(words)s” was %(num)d day late",
        "“%(words)s” was %(num)d days late",
        miss.days,
        words=words,
    )


def _on(value: date) -> str:
    near = abs((value - today()).days) <= 1
    return day(value) if near else _("on %(day)s", day=day(value))
