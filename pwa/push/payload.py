"""Texts of notices. Names, companies and times only: they show on a locked screen."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import time

LONGEST_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class Words:
    """The translations to speak with: those of the person, gettext's own or Flask-Babel's."""

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


@dataclass(frozen=True, slots=True)
class First:
    """The first row of the list. `at` is a booked time, `before` the end of a window; local."""

    name: str
    at: time | None = None
    before: time | None = None


@dataclass(frozen=True, slots=True)
class Push:
    """One notification. `url` is a path of ours; a later one with the same `tag` replaces it."""

    title: str
    body: str
    url: str
    tag: str

    def __post_init__(self) -> None:
        """Raise ValueError for an address that is not ours: a tap must never lead elsewhere."""
        if not self.url.startswith("/") or self.url.startswith(("//", "/\\")):
            raise ValueError("A notification leads to a path of this app only.")

    def to_bytes(self, base_url: str = "") -> bytes:
        """Return it as the JSON that the service worker reads: title, body, url, tag."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()


def digest(
    words: Words,
    *,
    calls: int,
    visits: int,
    writes: int = 0,
    first: First | None = None,
    promised: int = 0,
    url: str = "/today",
) -> Push | None:
    """Return the morning's push: how many of each kind today, and who is first. None on a free day.

    Video calls count as calls. `promised` is how many promises fall due tomorrow.
    """
    counts = [
        _count(words.ngettext("%(num)d to call", "%(num)d to call", calls), calls),
        _count(words.ngettext("%(num)d to visit", "%(num)d to visit", visits), visits),
        _count(words.ngettext("%(num)d to write to", "%(num)d to write to", writes), writes),
    ]
    title = ", ".join(filter(None, counts))
    if not title:
        return None
    due = words.ngettext("%(num)d promise due tomorrow", "%(num)d promises due tomorrow", promised)
    body = filter(None, [_first(words, first) if first else "", _count(due, promised)])
    return Push(title, ". ".join(body), url, "digest")


def booked(
    words: Words, *, booking: str, name: str, company: str, at: time, minutes: int, url: str
) -> Push:
    """Return the push ahead of a booked conversation, `minutes` before it; `at` is local time.

    `booking` tells bookings apart. From the minute itself on it says "Now".
    """
    when = words.gettext("Now")
    if minutes > 0:
        when = _count(words.ngettext("In %(num)d minute", "In %(num)d minutes", minutes), minutes)
    title = words.gettext("%(when)s: %(name)s") % {"when": when, "name": short(name)}
    body = words.gettext("%(company)s, booked for %(time)s") % {
        "company": short(company),
        "time": _clock(at),
    }
    return Push(title, body, url, f"booking-{booking}")


def promised(words: Words, *, promise: str, name: str, company: str, day: str) -> Push:
    """Return the warning that a promise falls due on `day`, which is said as people say it.

    `promise` tells promises apart. What was promised is not on a locked screen: the list has it.
    """
    title = words.gettext("Promised for %(day)s: %(name)s") % {"day": day, "name": short(name)}
    body = words.gettext("%(company)s. Tap for what you said.") % {"company": short(company)}
    return Push(title, body, "/promises", f"promise-{promise}")


def trial(words: Words, *, url: str = "/me") -> Push:
    """Return the push that a person sends to their own device to see that it arrives."""
    title = words.gettext("Notifications are on")
    body = words.gettext("Your list comes here in the morning.")
    return Push(title, body, url, "test")


def _count(text: str, number: int) -> str:
    """Return the text with its number in, or nothing for none. Flask-Babel put it in itself."""
    return text % {"num": number} if number > 0 else ""


def _first(words: Words, first: First) -> str:
    name = short(first.name)
    if first.at:
        return words.gettext("First: %(name)s at %(time)s") % {
            "name": name,
            "time": _clock(first.at),
        }
    if first.before:
        return words.gettext("First: %(name)s before %(time)s") % {
            "name": name,
            "time": _hour(first.before),
        }
    return words.gettext("First: %(name)s") % {"name": name}


def short(name: str) -> str:
    """Return the name on one line, shortened where it would fill a locked screen."""
    name = " ".join(name.split())
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def _hour(moment: time) -> str:
    """Return "10" for 10:00, as people say it, and "10:30" as it is."""
    return f"{moment:%H:%M}" if moment.minute else f"{moment.hour}"
