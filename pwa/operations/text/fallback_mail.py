"""The mail to a user whose notifications do not arrive: what waits, and how to turn them on."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a user today: rows of their list by kind, and clients that need them.

    `names` are of the first rows; empty unless the user allows names outside of the app.
    """

    calls: int = 0
    visits: int = 0
    writes: int = 0
    needing: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mail:
    """The words of a mail."""

    subject: str
    text: str


def fallback_mail(first_name: str, why: str, waiting: Waiting, address: str, page: str) -> Mail:
    """The mail; `address` is where Rounds is opened, `page` the user's first page there."""
    counts = _counts(waiting)
    today = _("Today: %(counts)s.", counts=counts) if counts else _("Nothing is waiting today.")
    paragraphs = [
        _("Hello %(name)s,", name=first_name),
        _("Your notifications from Rounds don't reach you. %(why)s", why=why),
        "\n".join([today, *waiting.names, f"{address}{page}"]),
        _how_to(f"{address}/me"),
        _("This mail comes once a day at most, and only while notifications don't arrive."),
    ]
    subject = _("Rounds: %(counts)s today", counts=counts) if counts else _("Rounds: notifications")
    return Mail(subject, "\n\n".join(paragraphs) + "\n")


def _counts(waiting: Waiting) -> str:
    calls, visits, writes, needing = waiting.calls, waiting.visits, waiting.writes, waiting.needing
    parts = [
        calls and ngettext("%(num)d to call", "%(num)d to call", calls),
        visits and ngettext("%(num)d to visit", "%(num)d to visit", visits),
        writes and ngettext("%(num)d to write to", "%(num)d to write to", writes),
        needing and ngettext("%(num)d client needs you", "%(num)d clients need you", needing),
    ]
    return ", ".join(part for part in parts if part)


def _how_to(address: str) -> str:
    return "\n".join(
        (
            _("To get them again:"),
            _("1. On your phone, open %(address)s", address=address),
            _("   (iPhone and iPad: open Rounds from the Home Screen, then tap Me)."),
            _("2. Tap “Turn on for this device”, then “Send me a test”."),
            _("3. If no test appears, allow notifications for Rounds in the phone's settings."),
        )
    )
