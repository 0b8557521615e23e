"""One push as a phone reads it: in the service worker's shape and in the declarative one at once.

They show on a locked screen: by default a first name, and no company; never what was said.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pwa.rules.vocabulary.person_names import first_name

LONGEST_NAME = 60  # characters
LIMIT = 1000  # bytes of the whole payload, under the 1 kB that every phone takes
DECLARATIVE = 8030  # the number of the RFC, by which a browser knows the declarative shape


@dataclass(frozen=True, slots=True)
class Words:
    """The translations to speak with: those of the person, gettext's own or Flask-Babel's."""

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


@dataclass(frozen=True, slots=True)
class Who:
    """A contact and their company, `full` only where the person chose full names (privacy).

    Either name may be empty. Whatever is not to be shown is empty here.
    """

    name: str
    company: str
    full: bool = False

    @property
    def person(self) -> str:
        """The name to show: in full, else the company's, or the first name only."""
        if self.full:
            return short(self.name or self.company)
        return short(first_name(self.name))

    @property
    def firm(self) -> str:
        """The company's name where it may be shown."""
        return short(self.company) if self.full else ""


@dataclass(frozen=True, slots=True)
class Action:
    """A button on the notification: its name for the scripts, its words, and where it leads."""

    name: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Push:
    """One notification. `url` is a path of ours; a later one with the same `tag` replaces it.

    `id` is the notice's, 0 for none; `badge` is what is left today, None to leave it as it is.
    Raises ValueError for an address that is not ours (a tap must never lead elsewhere), and for an
    empty title.
    """

    title: str
    body: str
    url: str
    tag: str
    id: int = 0
    badge: int | None = None
    actions: tuple[Action, ...] = field(default=())
    lang: str = "en"

    def __post_init__(self) -> None:
        for url in (self.url, *(action.url for action in self.actions)):
            if not url.startswith("/") or url.startswith(("//", "/\\")):
                raise ValueError("A notification leads to a path of this app only.")
        if not self.title.strip():
            raise ValueError("A notification has a title.")

    def to_bytes(self, base_url: str) -> bytes:
        """The JSON of both shapes, below `LIMIT`: texts are cut, at last the buttons left out."""
        data = b""
        for push in _shorter(self):
            data = _encode(push, base_url)
            if len(data) < LIMIT:
                break
        return data


def address(base_url: str, path: str, notice_id: int) -> str:
    """The absolute address of `path` that says which notice was tapped."""
    if not notice_id:
        return base_url + path
    before, mark, fragment = path.partition("#")
    return f"{base_url}{before}{'&' if '?' in before else '?'}notice={notice_id}{mark}{fragment}"


def short(name: str, most: int = LONGEST_NAME) -> str:
    """The name on one line, shortened where it would fill a locked screen."""
    name = " ".join(name.split())
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def count(text: str, number: int) -> str:
    """The text with its number in, or nothing for none. Flask-Babel put it in itself."""
    return text % {"num": number} if number > 0 else ""


def _shorter(push: Push) -> Iterator[Push]:
    """The push as it is, then with its texts cut more and more, then without its buttons."""
    yield push
    for most in (100, 70, 45):
        yield replace(push, title=short(push.title, most), body=short(push.body, most))
    for most in (30, 12):
        yield replace(push, title=short(push.title, most), body=short(push.body, most), actions=())


def _encode(push: Push, base_url: str) -> bytes:
    """Both shapes. WebKit reads `app_badge` inside the notification, the standard outside.

    `mutable` gives the push to our worker first, which says that it was shown; where there is none,
    or it fails, the browser shows the declarative words itself.
    """
    badge = {} if push.badge is None else {"app_badge": push.badge}
    payload: dict[str, Any] = {
        "title": push.title,
        "body": push.body,
        "url": push.url,
        "tag": push.tag,
        "id": push.id,
        "badge": push.badge,
        "actions": [
            {"name": action.name, "title": action.title, "url": action.url}
            for action in push.actions
        ],
        "web_push": DECLARATIVE,
        "mutable": True,
        "notification": _declarative(push, base_url),
        **badge,
    }
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def _declarative(push: Push, base_url: str) -> dict[str, Any]:
    badge = {} if push.badge is None else {"app_badge": str(push.badge)}
    return {
        "title": push.title,
        "body": push.body,
        "navigate": address(base_url, push.url, push.id),
        "tag": push.tag,
        "lang": push.lang,
        "silent": False,
        **badge,
        "actions": [
            {
                "action": action.name,
                "title": action.title,
                "navigate": address(base_url, action.url, push.id),
            }
            for action in push.actions
        ],
    }
